package import Basics
import HTTP
package import Storage
import Synchronization

/// Hands on the files of others to whoever was given their address here: fetched when somebody looks, never before.
package final class MediaProxy: Sendable {
    /// What is known of a file that lies elsewhere.
    struct Facts: Sendable {
        var kind: MediaKind
        /// In bytes.
        var length: Int?
    }

    private struct State {
        var fetches: [RemoteName: RemoteFetch] = [:]
        var waiting: [RemoteFetch] = []
        /// Whether somebody was blocked since the last look through what is here.
        var isSweepDue = false
        /// Whether the cache is to be tidied.
        var isTidyingDue = false
        /// Whether anything was fetched since the start.
        var hasFetched = false
    }

    let cache: MediaCache
    let asking: RemoteAsking
    let store: Store
    let clock: Clock
    let limits: RemoteLimits
    let sign: @Sendable (RemoteFile, _ url: String) -> String
    let slots: FetchSlots
    let facts: Memories<RemoteName, Facts>
    private let failures: Memories<String, RemoteFailure>
    private let state = Mutex(State())
    private let bell = Doorbell()

    /// - Parameter sign: what makes an address of a file one that was given out here.
    package init(
        cache: MediaCache, asking: RemoteAsking, store: Store, clock: Clock,
        limits: RemoteLimits = RemoteLimits(),
        sign: @escaping @Sendable (RemoteFile, _ url: String) -> String
    ) {
        self.cache = cache
        self.asking = asking
        self.store = store
        self.clock = clock
        self.limits = limits
        self.sign = sign
        slots = FetchSlots(limits: limits, clock: clock)
        facts = Memories(most: limits.remembered, lasting: .hours(1), clock: clock)
        failures = Memories(most: limits.remembered, lasting: limits.failureFor, clock: clock)
    }

    /// Fetches what is looked at, and removes what is blocked, until cancelled.
    package func run() async {
        store.changes.listen { [weak self] news in
            guard let self, !news.isDisjoint(with: [.blocks, .domainBlocks]) else { return }
            state.withLock { $0.isSweepDue = true }
            bell.ring()
        }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let (fetches, isSweepDue, isTidyingDue) = state.withLock { state in
                    defer { (state.waiting, state.isSweepDue, state.isTidyingDue) = ([], false, false) }
                    return (state.waiting, state.isSweepDue, state.isTidyingDue)
                }
                for fetch in fetches { group.addTask { await self.work(on: fetch) } }
                if isSweepDue { group.addTask { await self.sweep() } }
                if isTidyingDue { group.addTask { await self.cache.tidy() } }
                await bell.wait(atMost: nil, clock: clock)
            }
            group.cancelAll()
        }
    }

    private func work(on fetch: RemoteFetch) async {
        if let slot = await slots.take(for: fetch.name, host: fetch.url.host) {
            await fetch.run(asking, in: slot, into: cache, clock: clock)
        } else {
            fetch.giveUp()
        }
        let end = fetch.look()
        if let kind = end.kind { facts[fetch.name] = Facts(kind: kind, length: end.length) }
        if case .failed(let failure) = end.stage, !end.isEnded {
            remember(failure, of: fetch.name)
        }
        state.withLock { $0.fetches[fetch.name] = nil }
    }

    /// The file if it is stored. Whoever looks also has the cache tidied now and then: those who look all the time
    /// leave no quiet moment for it.
    func find(_ name: RemoteName) -> (open: OpenFile, file: CachedFile)? {
        let found = cache.find(name)
        if found != nil, cache.isUntidy {
            state.withLock { $0.isTidyingDue = true }
            bell.ring()
        }
        return found
    }

    /// A place among the readers of a file that is arriving, which begins to arrive if nobody asked for it before.
    func read(_ name: RemoteName, at url: WebURL) throws(RemoteFailure) -> Reading {
        if let fetch = state.withLock({ $0.fetches[name] }) {
            guard let reading = fetch.join() else { throw .busy }
            return reading
        }
        if let failure = failure(of: name, at: url) { throw failure }
        guard state.withLock({ $0.fetches.count }) < limits.waiting else { throw .busy }
        let fetch = RemoteFetch(name, at: url, limits: limits)
        guard let reading = fetch.join() else { throw .busy }
        state.withLock { state in
            state.fetches[name] = fetch
            state.waiting.append(fetch)
            // A crash may have come between a block and its consequences.
            if !state.hasFetched { (state.hasFetched, state.isSweepDue) = (true, true) }
        }
        bell.ring()
        return reading
    }

    /// How many bytes of this file are here, if it is arriving.
    func arrived(_ name: RemoteName) -> Int? { state.withLock { $0.fetches[name] }?.look().count }

    /// A place for a file that is passed through.
    ///
    /// - Throws: why the file cannot be had, when that was found out a moment ago; `busy` when too much is fetched.
    func slot(for name: RemoteName, at url: WebURL) async throws(RemoteFailure) -> FetchSlots.Slot {
        if let failure = failure(of: name, at: url) { throw failure }
        guard let slot = await slots.take(for: name, host: url.host, isPassing: true) else { throw .busy }
        return slot
    }

    /// Why the file could not be had a moment ago.
    private func failure(of name: RemoteName, at url: WebURL) -> RemoteFailure? {
        failures[name.description] ?? failures[url.authority]
    }

    func remember(_ failure: RemoteFailure, of name: RemoteName) {
        guard failure.isRemembered else { return }
        failures[name.description] = failure
        // A redirect may have led elsewhere, which says nothing about who gave it.
        if case .unreachable(let authority) = failure { failures[authority] = failure }
    }
}
