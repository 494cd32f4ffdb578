import Basics
import SQLite
import Testing

@testable import Storage

@Suite struct MutedThreadsTests {
    private let store: TestStore
    private let ann = ActorID(2)

    init() throws {
        store = try TestStore()
    }

    private func post(_ id: Int64, inReplyTo parent: Int64? = nil, context: String? = nil) async throws {
        let ann = ann
        try await store.write { tx in
            var status = Status.make("\(id)", by: ann)
            status.conversation = context
            if let parent {
                if try Statuses.find(StatusID(parent), in: tx) == nil {
                    status.inReplyToURI = Status.make("\(parent)", by: ann).uri
                } else {
                    status.inReplyTo = StatusID(parent)
                }
            }
            _ = try Statuses.insert(status, id: StatusID(id), in: tx)
        }
    }

    private func isMuted(_ id: Int64) throws -> Bool {
        try store.read { try MutedThreads.contains(StatusID(id), in: $0) }
    }

    private func mute(_ id: Int64) async throws {
        try await store.write { try MutedThreads.insert(StatusID(id), in: $0) }
    }

    @Test func `a thread is muted from end to end, however long it is`() async throws {
        let ann = ann
        try await store.write { tx in
            for id: Int64 in 1...1_500 {
                var status = Status.make("\(id)", by: ann)
                status.inReplyTo = id == 1 ? nil : StatusID(id - 1)
                _ = try Statuses.insert(status, id: StatusID(id), in: tx)
            }
        }
        try await mute(700)
        #expect(try isMuted(1) && isMuted(700) && isMuted(1_500))
        try await post(1_501, inReplyTo: 1_500)
        #expect(try isMuted(1_501))
        try await store.write { try MutedThreads.remove(StatusID(1_501), in: $0) }
        #expect(try !isMuted(1) && !isMuted(1_501))
        try await post(1_502, inReplyTo: 1_501)
        #expect(try !isMuted(1_502))
    }

    @Test func `a post whose parent is not here belongs to the thread by its context`() async throws {
        try await post(1, context: "c")
        try await mute(1)
        try await post(5, inReplyTo: 4, context: "c")
        try await post(6, inReplyTo: 4)
        #expect(try isMuted(5) && !isMuted(6))
        // The missing one comes, and ties both to the thread.
        try await post(4)
        #expect(try isMuted(4) && isMuted(6))
        try await store.write { try MutedThreads.remove(StatusID(6), in: $0) }
        let left = try store.read { snapshot in
            try snapshot.db.first(
                "SELECT (SELECT count(*) FROM muted_statuses) + (SELECT count(*) FROM muted_contexts)"
            ) { $0.int(0) }
        }
        #expect(left == 0)
    }

    @Test func `a ring of posts ends, and other threads are untouched`() async throws {
        try await post(1)
        try await post(2, inReplyTo: 1)
        try await post(3)
        try await store.write { tx in
            try tx.db.run("UPDATE statuses SET in_reply_to = 2 WHERE id = 1")
        }
        try await mute(2)
        #expect(try isMuted(1) && isMuted(2) && !isMuted(3))
        try await store.write { try Statuses.delete(StatusID(2), in: $0) }
        #expect(try isMuted(1) && !isMuted(2))
    }

    @Test func `nothing in a muted thread is announced, and its posts say so`() async throws {
        try await post(1)
        try await post(2)
        try await mute(1)
        let ann = ann
        try await store.write { tx in
            for kind in [Notification.Kind.mention, .favourite, .reblog, .poll] {
                try Notifications.add(kind, from: ann, status: StatusID(1), at: TestStore.now, in: tx)
            }
            try Notifications.add(.mention, from: ann, status: StatusID(2), at: TestStore.now, in: tx)
        }
        let told = try store.read {
            try Notifications.page(
                Page(limit: 9), kinds: Set(Notification.Kind.allCases), actor: nil, in: $0)
        }
        #expect(told.map(\.status) == [StatusID(2)])
        let marks = try store.read { try OwnMarks.of("[1,2]", owner: ActorID(1), in: $0) }
        #expect(marks == [StatusID(1): .muted])
    }
}
