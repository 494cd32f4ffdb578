import Basics
import Storage

/// Publishes posts when their time has come, and at the start those whose time passed meanwhile.
package final class ScheduledPostWorker: Sendable {
    private let posting: Posting
    private let log: Log
    private let bell = Doorbell()

    init(posting: Posting, log: Log) {
        self.posting = posting
        self.log = log
        posting.store.changes.listen { [bell] news in
            if news.contains(.scheduled) { bell.ring() }
        }
    }

    /// Works until cancelled.
    package func run() async {
        let clock = posting.clock
        while !Task.isCancelled {
            var next: Timestamp?
            do {
                next = try await publishDue()
            } catch {
                log.error(
                    "scheduled posts cannot be published", ["error": String(describing: type(of: error))])
                next = clock.now() + .seconds(60)
            }
            await bell.wait(atMost: next.map { max(.milliseconds(100), $0 - clock.now()) }, clock: clock)
        }
    }

    /// Publishes what is due; when the next one is. Each turn of the loop takes one out of those that are due.
    func publishDue() async throws -> Timestamp? {
        while let next = try posting.store.read({ try ScheduledStatuses.next(in: $0) }) {
            guard next.at <= posting.clock.now(), !Task.isCancelled else { return next.at }
            do {
                try await posting.publish(next)
            } catch let refusal as APIError {
                // What it answers or quotes may be gone. The owner finds it among those that wait.
                log.error("A scheduled post could not be published", ["id": next.id.description])
                try await posting.store.write { tx in
                    try ScheduledStatuses.setFailure(refusal.message, of: next.id, in: tx)
                }
            }
        }
        return nil
    }
}
