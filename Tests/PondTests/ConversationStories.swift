import Basics
import Federation
import Storage
import TestSupport
import Testing

/// Letters between two islets.
struct ConversationStories {
    private func conversations(_ islet: Islet) throws -> [Conversations.Conversation] {
        try islet.read { try Conversations.page(Page(limit: 9), in: $0) }
    }

    @Test func `a letter and its answer are one conversation at both ends`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            let friend = try await ann.follow("me@bob.example")
            try await pond.settle()
            let letter = try await ann.post("Psst", visibility: .direct, mentions: [friend])
            try await pond.settle()
            let copy = try #require(try bob.status(ann.identity.status(letter)))
            #expect(try conversations(ann).map(\.isUnread) == [false])
            #expect(try conversations(bob).map(\.isUnread) == [true])
            #expect(try conversations(bob).map(\.lastStatus) == [copy.id])
            let answer = try await bob.post(
                "What?", visibility: .direct, mentions: [copy.actor], inReplyTo: copy.id)
            try await pond.settle()
            let arrived = try #require(try ann.status(bob.identity.status(answer))).id
            #expect(try conversations(bob).map(\.isUnread) == [false])
            #expect(try conversations(ann).map(\.isUnread) == [true])
            #expect(try conversations(ann).map(\.lastStatus) == [arrived])
            #expect(try conversations(ann).map(\.participants) == [[friend]])
            // What is deleted there is not the last here.
            try await bob.act { outbox, tx in try outbox.delete(answer, in: tx) }
            try await pond.settle()
            #expect(try conversations(ann).map(\.lastStatus) == [letter])
        }
    }

    @Test func `a stranger's letter waits until they are let in`() async throws {
        try await Pond.with { pond in
            let ann = try await pond.islet("ann.example"), bob = try await pond.islet("bob.example")
            let friend = try await ann.follow("me@bob.example")
            try await pond.settle()
            try await bob.act { _, tx in
                var policy = NotificationPolicy()
                policy[.privateMentions] = .filter
                try policy.save(in: tx)
            }
            let letter = try await ann.post("Psst", visibility: .direct, mentions: [friend])
            try await pond.settle()
            #expect(try bob.status(ann.identity.status(letter)) != nil)
            #expect(try conversations(bob).isEmpty)
            #expect(try bob.notifications() == ["follow me@ann.example"])
            let waiting = try bob.read { try NotificationRequests.page(Page(limit: 9), in: $0) }
            #expect(waiting.map(\.count) == [1])
            let (owner, now) = (bob.identity.owner, bob.clock.now())
            try await bob.act { _, tx in
                try NotificationRequests.accept(waiting, owner: owner, at: now, in: tx)
            }
            #expect(try conversations(bob).count == 1)
            #expect(try bob.notifications() == ["follow me@ann.example", "mention me@ann.example"])
        }
    }
}
