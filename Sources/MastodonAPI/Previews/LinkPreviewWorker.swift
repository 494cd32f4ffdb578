package import Basics
package import Federation
package import HTTP
import Markup
package import Storage
import Synchronization

/// Reads the pages that the owner's apps were shown links to, so that the next look has a preview.
///
/// What waits is in memory only: whatever is lost is asked for again by the next look.
package final class LinkPreviewWorker: Sendable {
    /// The beginning of a page; nil when it is there no more, or is no page. Throws when it may be had later.
    package typealias Read = @Sendable (WebURL, _ bytes: Int) async throws -> PageBeginning?

    /// A link in a post that is shown.
    package struct Wish: Hashable, Sendable {
        package let address: String
        /// Whether the post is the owner's.
        package let isOwn: Bool
    }

    /// Read of one page, in bytes.
    static let pageBytes = 256 << 10
    /// How long what a page said is good.
    static let lifetime = Duration.days(7)
    /// When a page that could not be had is asked again.
    static let patience = Duration.days(1)
    /// Servers get a post at the same moment; their looks at its link are spread over a minute, as Mastodon's are.
    package static let longestDelay = Duration.seconds(60)

    private enum Outcome: Sendable {
        case read(LinkPreview)
        /// It could not be had.
        case failed
        /// It need not be, or must not be asked for.
        case dropped
    }

    private struct State {
        var queue = LinkPreviewQueue()
        var outcomes: [(address: String, outcome: Outcome)] = []
    }

    private let state = Mutex(State())
    private let bell = Doorbell()
    private let store: Store
    private let clock: Clock
    private let log: Log
    private let isBlocked: @Sendable (String) -> Bool
    private let delay: @Sendable () -> Duration
    private let read: Read

    /// - Parameters:
    ///   - isBlocked: whether nothing of this host may be asked for.
    ///   - delay: how long to wait with a link in somebody else's post.
    package init(
        store: Store, clock: Clock, log: Log, isBlocked: @escaping @Sendable (String) -> Bool,
        delay: @escaping @Sendable () -> Duration = {
            .milliseconds(Int64.random(in: 0...longestDelay.inMilliseconds))
        }, read: @escaping Read
    ) {
        self.store = store
        self.clock = clock
        self.log = log
        self.isBlocked = isBlocked
        self.delay = delay
        self.read = read
    }

    /// Whether what is known of a page is too old to be left alone.
    static func isStale(_ preview: LinkPreview, at now: Timestamp) -> Bool {
        now - preview.fetchedAt >= lifetime
    }

    /// Has the pages read that these lead to; what cannot be asked for is passed over.
    ///
    /// Called while the store is read, so nothing is asked of the store here; who is blocked is found out later.
    package func want(_ wishes: [Wish]) {
        let now = clock.now()
        var isNew = false
        for wish in wishes {
            guard let url = WebURL(wish.address) else { continue }
            let due = wish.isOwn ? now : now + delay()
            let job = LinkPreviewQueue.Job(address: wish.address, url: url, due: due)
            if state.withLock({ $0.queue.add(job) }) { isNew = true }
        }
        if isNew { bell.ring() }
    }

    /// Whether anything waits or is under way.
    package var isIdle: Bool { state.withLock { $0.queue.isEmpty } }

    /// Whether a page is being looked at now.
    var isLooking: Bool { state.withLock { $0.queue.isBusy } }

    /// Works until cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                await keepOutcomes()
                let now = clock.now()
                let (jobs, next) = state.withLock { state in
                    (state.queue.take(at: now), state.queue.nextDue)
                }
                for job in jobs { group.addTask { await self.look(job) } }
                await bell.wait(atMost: next.map { max(.milliseconds(100), $0 - now) }, clock: clock)
            }
        }
    }

    private func look(_ job: LinkPreviewQueue.Job) async {
        let outcome = await outcome(of: job)
        state.withLock { state in
            state.queue.finish(job)
            state.outcomes.append((job.address, outcome))
        }
        bell.ring()
    }

    private func outcome(of job: LinkPreviewQueue.Job) async -> Outcome {
        do {
            // Since it was asked for, the domain may have been blocked, or the page read.
            let known = try store.read { try LinkPreviews.of([job.address], in: $0) }[job.address]
            let isKnown = known.map { !LinkPreviewWorker.isStale($0, at: clock.now()) } ?? false
            if isKnown || isBlocked(job.url.authority) { return .dropped }
            let page = try await read(job.url, LinkPreviewWorker.pageBytes)
            return .read(LinkPreview(of: job.address, from: page, at: clock.now()))
        } catch {
            guard !Task.isCancelled else { return .dropped }
            log.info("a linked page could not be read", ["host": job.url.authority])
            return .failed
        }
    }

    /// Writes down what came together, in one transaction.
    private func keepOutcomes() async {
        let outcomes = state.withLock { state in
            defer { state.outcomes = [] }
            return state.outcomes
        }
        guard !outcomes.isEmpty else { return }
        let retry = clock.now() - LinkPreviewWorker.lifetime + LinkPreviewWorker.patience
        let written = outcomes.filter { if case .dropped = $0.outcome { false } else { true } }
        do {
            if !written.isEmpty {
                try await store.write { tx in
                    for (address, outcome) in written {
                        switch outcome {
                        case .read(let preview): try LinkPreviews.save(preview, in: tx)
                        case .failed: try LinkPreviews.postpone(address, to: retry, in: tx)
                        case .dropped: break
                        }
                    }
                }
            }
        } catch {
            log.error("link previews could not be written", ["error": String(describing: error)])
            // Until the disk has room again; meanwhile nobody is asked for what could not be kept.
            await Doorbell().wait(atMost: .seconds(60), clock: clock)
        }
        state.withLock { $0.queue.forget(outcomes.map(\.address)) }
    }
}
