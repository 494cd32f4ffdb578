import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct PollsTests {
    private let store: TestStore
    private let now = TestStore.now
    private let ann = ActorID(1)
    private let bob = ActorID(2)

    init() throws {
        store = try TestStore()
    }

    private func poll(
        _ status: Int64, _ names: String..., endsAfter duration: Duration? = .hours(1)
    ) -> Poll {
        Poll(
            status: StatusID(status), isMultiple: true, endsAt: duration.map { now + $0 },
            options: names.map { Poll.Option(name: $0, votes: 0) }, readAt: now)
    }

    private func save(_ poll: Poll) async throws {
        try await store.write { try Polls.save(poll, in: $0) }
    }

    private func find(_ status: Int64) throws -> Poll? {
        try store.read { try Polls.find(StatusID(status), in: $0) }
    }

    private func vote(_ position: Int, by actor: ActorID, in status: Int64 = 1) async throws -> Bool {
        try await store.write { try Polls.vote(position, by: actor, in: StatusID(status), $0) }
    }

    @Test func `a poll comes back as it was stored`() async throws {
        var poll = poll(1, "frogs", "newts")
        poll.voters = 3
        poll.toldAt = now + .minutes(1)
        poll.options[1].votes = 4
        try await save(poll)
        let found = try #require(try find(1))
        #expect(found.isMultiple && !found.isClosed && found.endsAt == poll.endsAt && found.voters == 3)
        #expect(found.options == poll.options && found.readAt == now && found.toldAt == poll.toldAt)
        #expect(try find(2) == nil)
    }

    @Test func `the polls of a page are read in two statements`() async throws {
        try await save(poll(1, "a", "b"))
        try await save(poll(2, "c"))
        try await save(poll(3, "d"))
        let before = store.store.statementsRead
        let found = try store.read { try Polls.of("[1,2,9]", in: $0) }
        #expect(store.store.statementsRead - before == 4, "with BEGIN and COMMIT")
        #expect(found.mapValues { $0.options.map(\.name) } == [StatusID(1): ["a", "b"], StatusID(2): ["c"]])
    }

    @Test func `somebody is counted once, and each of their choices once`() async throws {
        try await save(poll(1, "frogs", "newts"))
        #expect(try await vote(1, by: ann))
        #expect(try await !vote(1, by: ann))
        #expect(try await vote(0, by: ann))
        #expect(try await vote(1, by: bob))
        let found = try #require(try find(1))
        #expect(found.voters == 2 && found.options.map(\.votes) == [1, 2])
        try store.read { snapshot throws -> Void in
            #expect(try Polls.choices(of: ann, in: StatusID(1), snapshot) == [0, 1])
            #expect(try Polls.choices(of: bob, among: "[1,2]", in: snapshot) == [StatusID(1): [1]])
            #expect(try Polls.voters(of: StatusID(1), except: bob, in: snapshot) == [ann])
        }
    }

    @Test func `new numbers keep the votes, new options take them along`() async throws {
        try await save(poll(1, "frogs", "newts"))
        _ = try await vote(1, by: ann)
        var fresh = poll(1, "frogs", "newts")
        fresh.options[1].votes = 9
        fresh.voters = 9
        try await save(fresh)
        #expect(try store.read { try Polls.choices(of: ann, in: StatusID(1), $0) } == [1])
        #expect(try find(1)?.options.map(\.votes) == [0, 9])
        try await save(poll(1, "toads"))
        #expect(try store.read { try Polls.choices(of: ann, in: StatusID(1), $0) } == [])
        #expect(try find(1)?.options == [Poll.Option(name: "toads", votes: 0)])
    }

    @Test func `a closed poll stays closed unless its end moves, and when it was told is kept`() async throws
    {
        let now = now
        try await save(poll(1, "frogs"))
        try await store.write { tx in
            try Polls.close(StatusID(1), in: tx)
            try Polls.told(StatusID(1), at: now, in: tx)
        }
        try await save(poll(1, "frogs"))
        #expect(try find(1)?.isClosed == true && find(1)?.toldAt == now)
        try await save(poll(1, "frogs", endsAfter: .hours(2)))
        #expect(try find(1)?.isClosed == false && find(1)?.toldAt == now)
    }

    @Test func `polls end in their order, and those without an end do not`() async throws {
        try await save(poll(1, "a", endsAfter: .hours(2)))
        try await save(poll(2, "b", endsAfter: .hours(1)))
        try await save(poll(3, "c", endsAfter: nil))
        func ended(after duration: Duration, limit: Int = 9) throws -> [Int64] {
            try store.read { try Polls.ended(at: now + duration, limit: limit, in: $0) }.map(\.value)
        }
        #expect(try ended(after: .minutes(59)) == [] && ended(after: .hours(1)) == [2])
        #expect(try ended(after: .days(9)) == [2, 1] && ended(after: .days(9), limit: 1) == [2])
        #expect(try store.read { try Polls.nextEnd(in: $0) } == now + .hours(1))
        try await store.write { tx in
            for id in 1...2 as ClosedRange<Int64> { try Polls.close(StatusID(id), in: tx) }
        }
        #expect(try ended(after: .days(9)) == [])
        #expect(try store.read { try Polls.nextEnd(in: $0) } == nil)
    }

    @Test func `a poll is over at its end and when it is closed`() {
        var some = poll(1, "a")
        #expect(!some.isOver(at: now) && some.isOver(at: now + .hours(1)))
        some.endsAt = nil
        #expect(!some.isOver(at: now + .days(999)))
        some.isClosed = true
        #expect(some.isOver(at: now))
    }

    @Test func `a poll goes with its post, with options and votes`() async throws {
        try await save(poll(1, "frogs"))
        try await save(poll(2, "newts"))
        _ = try await vote(0, by: ann)
        _ = try await vote(0, by: ann, in: 2)
        try await store.write { try Statuses.delete(StatusID(1), in: $0) }
        let left = try store.read { snapshot in
            [
                try snapshot.db.all("SELECT status FROM polls") { $0.int(0) },
                try snapshot.db.all("SELECT status FROM poll_options") { $0.int(0) },
                try snapshot.db.all("SELECT status FROM poll_votes") { $0.int(0) },
            ]
        }
        #expect(left == [[2], [2], [2]])
    }
}
