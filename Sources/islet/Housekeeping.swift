import Basics
import Media
import Net
import Storage
import Synchronization

/// What is done when nothing else is: memory goes back a second after a burst, the database's log is put in
/// order, and once a day what is out of date is removed. An idle server is not woken by it.
final class Housekeeping: Sendable {
    private struct State {
        var isBusy = false
        var isScheduled = false
    }

    private let state = Mutex(State())
    private let quiet = Doorbell()
    private let store: Store
    private let uploads: Uploads
    private let files: MediaProxy
    private let cache: MediaCache
    private let clock: Clock
    private let log: Log

    init(
        store: Store, uploads: Uploads, files: MediaProxy, cache: MediaCache, clock: Clock, log: Log
    ) {
        self.store = store
        self.uploads = uploads
        self.files = files
        self.cache = cache
        self.clock = clock
        self.log = log
    }

    /// Something happened.
    func note() {
        let starts = state.withLock { state in
            state.isBusy = true
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if starts { schedule() }
    }

    private func schedule() {
        _ = clock.after(.seconds(1)) { self.look() }
    }

    private func look() {
        let isQuiet = state.withLock { state in
            defer { state.isBusy = false }
            if !state.isBusy { state.isScheduled = false }
            return !state.isBusy
        }
        if isQuiet { quiet.ring() } else { schedule() }
    }

    func run() async {
        store.changes.listen { [weak self] _ in self?.note() }
        note()
        var lastCleaning: Timestamp?
        while !Task.isCancelled {
            await quiet.wait(atMost: .days(1), clock: clock)
            await store.tidy()
            let now = clock.now()
            if lastCleaning.map({ now - $0 >= .days(1) || now < $0 }) ?? true {
                // Others' files are not gone through at the start: what must go at once went when it was blocked.
                if lastCleaning != nil { await files.sweep() }
                lastCleaning = now
                await forget()
            }
            await cache.tidy()
            Memory.trim()
        }
    }

    private func forget() async {
        let now = clock.now()
        do {
            // Files that no row names: deleted soon after their upload, or left by a crash.
            try await uploads.removeUnused()
            guard try store.read({ try Retention.isDue(at: now, in: $0) }) else { return }
            let files = try await store.write { tx in try Retention.run(at: now, in: tx) }
            try await uploads.remove(files)
            if !files.isEmpty { log.info("unused files removed", ["count": files.count]) }
        } catch {
            log.error("what is out of date could not be removed", ["error": String(describing: error)])
        }
    }
}
