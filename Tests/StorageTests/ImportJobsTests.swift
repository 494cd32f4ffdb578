import Basics
import Storage
import Testing

@Suite struct ImportJobsTests {
    /// A job with three lines, of which the second cannot be read.
    private func begin(_ store: TestStore, _ kind: ConnectionKind = .follows) async throws -> ImportJobID {
        try await store.write { tx in
            let job = try ImportJobs.insert(kind, replaces: true, at: TestStore.now, in: tx)
            try ImportLines.insert(
                "a@lake.example", line: 2, host: "lake.example", reason: nil, of: job, in: tx)
            try ImportLines.insert("nobody", line: 3, host: "", reason: "It is nobody.", of: job, in: tx)
            try ImportLines.insert(
                "b@sea.example", line: 5, host: "sea.example", reason: nil, of: job, in: tx)
            try ImportJobs.count(job, lines: 3, failed: 1, in: tx)
            try ImportJobs.begin(job, in: tx)
            return job
        }
    }

    @Test func `a line is done or failed once`() async throws {
        let store = try TestStore()
        let job = try await begin(store)
        #expect(try store.read { try ImportLines.waiting(of: job, in: $0).map(\.line) } == [2, 5])
        try await store.write { tx in
            for _ in 0..<2 {
                try ImportLines.settle(2, of: job, target: 7, in: tx)
                try ImportLines.fail(2, of: job, because: "Too late.", in: tx)
                try ImportLines.fail(5, of: job, because: "Nobody there.", in: tx)
                try ImportLines.settle(5, of: job, target: 8, in: tx)
            }
        }
        let found = try #require(try store.read { try ImportJobs.find(job, in: $0) })
        #expect((found.lines, found.done, found.failed) == (3, 1, 2))
        let failures = try store.read { try ImportLines.failures(of: job, after: 0, limit: 9, in: $0) }
        #expect(failures.map(\.reason) == ["It is nobody.", "Nobody there."])
        #expect(
            try store.read { try ImportLines.failures(of: job, after: 3, limit: 9, in: $0) }.map(\.line) == [
                5
            ])
        #expect(try store.read { try ImportLines.settled(of: job, in: $0) } == ["a@lake.example"])
    }

    @Test func `those that run are known, the oldest first, and end once`() async throws {
        let store = try TestStore()
        let first = try await begin(store)
        let second = try await begin(store)
        #expect(try store.read { try ImportJobs.running(in: $0).map(\.id) } == [first, second])
        let ended = try await store.write { tx in
            let one = try ImportJobs.end(first, as: .done, at: TestStore.now, in: tx)
            let again = try ImportJobs.end(first, as: .cancelled, at: TestStore.now, in: tx)
            return [one, again]
        }
        #expect(ended == [true, false])
        #expect(try store.read { try ImportJobs.running(in: $0).map(\.id) } == [second])
        #expect(try store.read { try ImportJobs.find(first, in: $0)?.state } == .done)
        #expect(try store.read { try ImportLines.waiting(of: first, in: $0) }.isEmpty)
        #expect(try store.read { try ImportLines.failures(of: first, after: 0, limit: 9, in: $0) }.count == 1)
        // Reports go after a month, what runs stays.
        let later = TestStore.now + .days(31)
        #expect(try store.read { try Retention.isDue(at: later, in: $0) })
        try await store.write { tx in _ = try Retention.run(at: later, in: tx) }
        #expect(try store.read { try ImportJobs.all(in: $0).map(\.id) } == [second])
        #expect(try !store.read { try Retention.isDue(at: later, in: $0) })
    }

    @Test func `what no line led to is known for every kind, but not what came later`() async throws {
        let store = try TestStore()
        func befriend(_ name: String) async throws -> Int64 {
            try await store.write { tx in
                let id = try Actors.save(.make(name), in: tx)
                try Following.request(id, uri: name, reblogs: true, notify: false, in: tx)
                try Mutes.insert(id, notifications: true, until: nil, in: tx)
                _ = try Blocks.insert(id, uri: name, in: tx)
                return id.value
            }
        }
        let named = try await befriend("ann")
        let unnamed = try await befriend("bob")
        for kind in [ConnectionKind.follows, .mutes, .blocks] {
            let job = try await begin(store, kind)
            let later = try await befriend("late \(kind)")
            try await store.write { tx in try ImportLines.settle(2, of: job, target: named, in: tx) }
            let found = try store.read { try ImportLines.unnamed(kind, by: job, in: $0) }
            #expect(found.contains(unnamed) && !found.contains(named) && !found.contains(later))
        }
    }
}
