import ActivityPub
import Basics
import HTTP
import JSON
import Storage
import Synchronization

/// One look at one thread.
///
/// Posts and pages are jobs; each host gets one at a time and several hosts are asked at once. A collection counts as
/// read when all its items have been asked for, whether or not they were to be had.
package final class ThreadLook: Sendable {
    /// What came of it.
    package struct Summary: Sendable {
        package var documents = 0
        package var posts = 0
        package var bytes = 0
        /// Whether a budget ended it.
        package var isCut = false
    }

    enum Job: Sendable {
        /// A post that hangs below a known one; `source` is the collection that names it.
        case post(String, source: Source?)
        case page(String, Source)
    }

    /// A collection that is being read: the replies of one post, or a whole conversation.
    final class Source: Sendable {
        struct State {
            /// What is still to be asked for, and whoever is still adding to it.
            var open = 1
            var pages = 0
            var strays = 0
            /// Whether a budget ended it, and on which page.
            var isCut = false
            var rest: String?
        }

        let status: StatusID
        let origin: String
        let state = Mutex(State())

        init(status: StatusID, origin: String) {
            self.status = status
            self.origin = origin
        }
    }

    struct State {
        var queues: HostQueues<Job>
        /// When nothing more is begun.
        var end = Timestamp(milliseconds: 0)
        var summary = Summary()
        var perHost: [String: Int] = [:]
        var asked: Set<String> = []
        var started: Set<StatusID> = []
        var read: [(status: StatusID, rest: String?)] = []
    }

    let root: StatusID
    let store: Store
    let objects: ObjectResolver
    let identity: Identity
    let clock: Clock
    let limits: ThreadLimits
    let isMissing: @Sendable (String) -> Bool
    let noteMissing: @Sendable (String) -> Void
    let noteAsked: @Sendable () -> Void
    let state: Mutex<State>
    let bell = Doorbell()

    init(
        of root: StatusID, store: Store, objects: ObjectResolver, identity: Identity, clock: Clock,
        limits: ThreadLimits, isMissing: @escaping @Sendable (String) -> Bool,
        noteMissing: @escaping @Sendable (String) -> Void, noteAsked: @escaping @Sendable () -> Void
    ) {
        self.root = root
        self.store = store
        self.objects = objects
        self.identity = identity
        self.clock = clock
        self.limits = limits
        self.isMissing = isMissing
        self.noteMissing = noteMissing
        self.noteAsked = noteAsked
        state = Mutex(
            State(queues: HostQueues(width: limits.width, perHost: limits.atOnceOfHost)))
    }

    func run() async throws -> Summary {
        let end = clock.now() + limits.time
        state.withLock { $0.end = end }
        let top = try await climb()
        try seed(from: top)
        await withDiscardingTaskGroup { group in
            var isOver = false
            while !Task.isCancelled {
                if !isOver, clock.now() >= end {
                    isOver = true
                    cut()
                    group.cancelAll()
                }
                while let (job, host) = state.withLock({ $0.queues.take() }) {
                    group.addTask { await self.work(on: job, host: host) }
                }
                if state.withLock({ $0.queues.isEmpty }) { break }
                await bell.wait(atMost: isOver ? nil : max(.zero, end - clock.now()), clock: clock)
            }
        }
        try await writeDown()
        return state.withLock { $0.summary }
    }

    /// Fetches missing parents one after the other; returns the uppermost post that is here then.
    private func climb() async throws -> StatusID {
        var top = root
        for _ in 0..<limits.ancestors {
            if let above = try store.read({
                try Statuses.ancestors(of: top, limit: 4_096, in: $0).first
            }) {
                top = above
            }
            guard let parent = try store.read({ try Statuses.find(top, in: $0)?.inReplyToURI }),
                !isMissing(parent), spend(on: parent)
            else { return top }
            do {
                let found = try await objects.status(parent)
                state.withLock { $0.summary.posts += 1 }
                // The address may be that of a page, and the post be known by another.
                try await store.write { tx in try Statuses.join(repliesTo: parent, with: found, in: tx) }
            } catch {
                noteMissing(parent)
                return top
            }
        }
        return top
    }

    /// Begins with everything that is known of the thread.
    private func seed(from top: StatusID) throws {
        let (statuses, reads) = try store.read { snapshot in
            let ids = try [top] + Statuses.descendants(of: top, limit: 4_096, in: snapshot)
            let list = "[" + ids.map(\.description).joined(separator: ",") + "]"
            let found = try Statuses.find(ids, in: snapshot)
            return (ids.compactMap { found[$0] }, try ReplyReads.of(list, in: snapshot))
        }
        for status in statuses where status.actor != identity.owner && status.visibility.isOpen {
            let isTop = status.id == top
            readReplies(of: status, last: reads[status.id], conversation: isTop ? status.conversation : nil)
        }
    }

    func readReplies(of status: Storage.Status, last: ReplyReads.Read?, conversation: String?) {
        guard let source = begin(status) else { return }
        if let last, last.rest == nil {
            let isYoung = clock.now() - status.createdAt < .days(1)
            guard clock.now() - last.at >= (isYoung ? limits.youngPause : limits.oldPause) else { return }
        }
        if let page = last?.rest ?? status.repliesURI { addPage(page, of: source) }
        // A conversation that names all its posts at one address saves asking each for its replies (FEP-7888).
        if let conversation, ObjectID.origin(of: conversation) == source.origin {
            addPage(conversation, of: source)
        }
        finish(source)
    }

    /// Starts reading the replies of a post; nil when that was started before. `finish` ends it.
    func begin(_ status: Storage.Status) -> Source? {
        guard let origin = ObjectID.origin(of: status.uri),
            state.withLock({ $0.started.insert(status.id).inserted })
        else { return nil }
        return Source(status: status.id, origin: origin)
    }

    // MARK: - Jobs

    func addPage(_ page: String, of source: Source) {
        guard ObjectID.origin(of: page) == source.origin, objects.fetcher.accepts(page),
            let host = WebURL(page)?.authority,
            state.withLock({ $0.asked.insert(page).inserted })
        else { return }
        let isWithin = source.state.withLock { state in
            guard state.pages < limits.pages else {
                state.isCut = true
                state.rest = state.rest ?? page
                return false
            }
            state.pages += 1
            state.open += 1
            return true
        }
        guard isWithin else { return }
        add(.page(page, source), host: host)
    }

    func addPost(_ uri: String, of source: Source?) {
        guard !identity.isOwn(uri), objects.fetcher.accepts(uri), !isMissing(uri),
            let host = WebURL(uri)?.authority,
            state.withLock({ $0.asked.insert(uri).inserted })
        else { return }
        source?.state.withLock { $0.open += 1 }
        add(.post(uri, source: source), host: host)
    }

    func add(_ job: Job, host: String) {
        if !state.withLock({ $0.queues.add(job, host: host) }) { drop(job, isLater: false) }
    }

    /// Does without a job whose host does not answer, or for which there is no time.
    ///
    /// - Parameter isLater: whether the next look is to go on with it.
    func drop(_ job: Job, isLater: Bool) {
        switch job {
        case .post(let uri, let source):
            if isLater { markCut(source, at: nil) } else { noteMissing(uri) }
            finish(source)
        case .page(let page, let source):
            markCut(source, at: page)
            finish(source)
        }
    }

    private func work(on job: Job, host: String) async {
        let isSlow = Patience()
        let place = clock.after(limits.patience) { [weak self] in self?.giveWay(isSlow) }
        let failure: FetchError?
        switch job {
        case .post(let uri, let source): failure = await readPost(uri, of: source)
        case .page(let page, let source): failure = await readPage(page, of: source)
        }
        place()
        // Both sides look at `isSlow` with the state locked, so that a job leaves its place once.
        let dropped = state.withLock { state in
            state.queues.finish(host, wasSlow: isSlow.end())
            // A host that does not answer is not asked again in this look.
            return failure?.isPassing == true ? state.queues.giveUp(host) : []
        }
        for job in dropped { drop(job, isLater: false) }
        bell.ring()
    }
}
