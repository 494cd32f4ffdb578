package import Basics
package import Storage

/// Closes polls when they end.
package final class PollWorker: Sendable {
    private let store: Store
    private let outbox: Outbox
    private let clock: Clock
    private let log: Log
    private let bell = Doorbell()

    package init(store: Store, outbox: Outbox, clock: Clock, log: Log) {
        self.store = store
        self.outbox = outbox
        self.clock = clock
        self.log = log
        store.changes.listen { [bell] news in
            if news.contains(.polls) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        while !Task.isCancelled {
            var next: Timestamp?
            do {
                next = try await closeDue()
            } catch {
                log.error("polls cannot be closed", ["error": String(describing: error)])
                next = clock.now() + .seconds(60)
            }
            await bell.wait(atMost: next.map { max(.milliseconds(100), $0 - clock.now()) }, clock: clock)
        }
    }

    /// Closes some of the polls that ended; when the next is due.
    private func closeDue() async throws -> Timestamp? {
        let now = clock.now()
        guard let next = try store.read({ try Polls.nextEnd(in: $0) }), next <= now else {
            return try store.read { try Polls.nextEnd(in: $0) }
        }
        _ = try await store.write { [outbox] tx in try outbox.closePolls(at: now, in: tx) }
        return try store.read { try Polls.nextEnd(in: $0) }
    }
}
