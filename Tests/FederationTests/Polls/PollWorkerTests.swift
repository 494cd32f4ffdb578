import Basics
import Federation
import Storage
import TestSupport
import Testing

struct PollWorkerTests {
    private func poll(_ house: Household, endsIn duration: Duration) async throws -> StatusID {
        try await house.post(then: { id, tx in
            try Polls.save(
                Poll(
                    status: id, isMultiple: false, endsAt: Household.start + duration,
                    options: [.init(name: "a", votes: 0)], readAt: Household.start), in: tx)
        })
    }

    private func isClosed(_ id: StatusID, _ house: Household) throws -> Bool {
        try house.read { try Polls.find(id, in: $0)?.isClosed == true }
    }

    /// Gives the worker its turn until something is so.
    private func wait(until condition: () throws -> Bool) async throws {
        for _ in 0..<100_000 {
            if try condition() { return }
            await Task.yield()
        }
        Issue.record("the worker does nothing")
    }

    @Test func `polls are closed when they end, however many and whenever they were made`() async throws {
        let house = try await Household()
        var first: [StatusID] = []
        for _ in 0..<60 { first.append(try await poll(house, endsIn: .minutes(1))) }
        let worker = PollWorker(
            store: house.store, outbox: house.outbox, clock: house.clock.clock(), log: .silent)
        let task = Task { await worker.run() }
        defer { task.cancel() }
        try await wait { house.clock.nextAlarm == Household.start + .minutes(1) }
        let sooner = try await poll(house, endsIn: .seconds(30))
        try await wait { house.clock.nextAlarm == Household.start + .seconds(30) }
        house.clock.move(to: Household.start + .seconds(30))
        try await wait { try isClosed(sooner, house) }
        #expect(try !isClosed(first[0], house))
        house.clock.move(to: Household.start + .minutes(1))
        try await wait {
            // What one turn leaves is taken up a moment later.
            if let next = house.clock.nextAlarm { house.clock.move(to: next) }
            return try first.allSatisfy { try isClosed($0, house) }
        }
    }
}
