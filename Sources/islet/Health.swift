import Basics
import Federation
import HTTP
import Net
import Storage

/// Whether the loop turns, the database answers and the queues move: for `/healthz` and the watchdog.
struct Health: Sendable {
    /// The oldest date that can be now: that of this source.
    private static let release = Timestamp(milliseconds: 1_793_491_200_000)  // 2026-11-01
    /// An exchange is over after half a minute, so a queue with nothing ended for this long stands still.
    private static let longestExchange = Duration.minutes(2)

    private let store: Store
    private let delivery: DeliveryWorker
    private let clock: Clock
    private let earliest: Timestamp

    init(store: Store, delivery: DeliveryWorker, clock: Clock) throws {
        self.store = store
        self.delivery = delivery
        self.clock = clock
        let newest = try store.read { try Statuses.newestArrival(in: $0) }
        // A board without a battery wakes up in the past; what it sent then would be refused, and worse, believed.
        earliest = max(Health.release, (newest ?? Health.release) - .minutes(10))
    }

    /// What is wrong, or nil.
    func problem() async -> String? {
        do {
            _ = try store.read { try Settings.text(.domain, in: $0) }
            try await store.write { _ in }
        } catch {
            return "the database does not answer: \(error)"
        }
        if delivery.stillness(at: clock.now()) > Health.longestExchange {
            return "the deliveries stand still"
        }
        return nil
    }

    /// Why federation waits: the clock is plainly wrong.
    func clockProblem() -> String? {
        clock.now() < earliest ? "The clock of this server is wrong." : nil
    }

    /// Returns when the clock is not plainly wrong.
    func clockIsRight(log: Log) async {
        guard clockProblem() != nil else { return }
        log.warning("the clock is plainly wrong, federation waits", ["now": clock.now().seconds])
        let bell = Doorbell()
        while clockProblem() != nil && !Task.isCancelled {
            await bell.wait(atMost: .seconds(2), clock: clock)
        }
        log.notice("the clock is right now", ["now": clock.now().seconds])
    }

    /// Returns when the kernel says that its clock was set, or after two minutes.
    func clockIsSynchronised(log: Log) async {
        guard !KernelClock.isSynchronised else { return }
        let bell = Doorbell()
        // Seldom, because an idle server wakes up seldom.
        for _ in 0..<6 where !KernelClock.isSynchronised && !Task.isCancelled {
            await bell.wait(atMost: .seconds(20), clock: clock)
        }
        if !KernelClock.isSynchronised && !Task.isCancelled {
            log.warning("the clock of this machine is not synchronised", ["now": clock.now().seconds])
        }
    }

    var route: Route {
        Route(.get, "/healthz") { _ in
            guard let problem = await problem() else { return .text(.ok, "ok\n") }
            return .text(.serviceUnavailable, problem + "\n")
        }
    }
}
