import Basics
import Foundation
import SQLite
import Testing

@testable import Storage

@Suite struct ConversationsTests {
    private let store: TestStore
    private let owner = ActorID(1)
    private let ann = ActorID(2)
    private let bob = ActorID(3)

    init() throws {
        store = try TestStore()
    }

    /// A post with these mentions, and what comes of it.
    @discardableResult
    private func letter(
        _ id: Int64, by author: ActorID, to people: [ActorID], context: String? = nil,
        inReplyTo: Int64? = nil,
        _ visibility: Visibility = .direct
    ) async throws -> Conversations.Conversation? {
        let owner = owner
        return try await store.write { tx in
            var status = Status.make("\(id)", by: author, visibility)
            status.conversation = context
            status.inReplyTo = inReplyTo.map { StatusID($0) }
            let id = try Statuses.insert(status, id: StatusID(id), in: tx)
            for person in people { try Mentions.insert(status: id, actor: person, in: tx) }
            for _ in 0..<2 { try Conversations.add(id, owner: owner, at: TestStore.now, in: tx) }
            return try Conversations.page(Page(limit: 9), in: tx).first { $0.lastStatus == id }
        }
    }

    private func all() throws -> [Conversations.Conversation] {
        try store.read { try Conversations.page(Page(limit: 9), in: $0) }
    }

    @Test func `letters of one thread between the same people are one conversation`() async throws {
        let first = try #require(try await letter(10, by: ann, to: [owner]))
        #expect(first.isUnread && first.participants == [ann])
        let answer = try #require(
            try await letter(11, by: owner, to: [ann], context: "c", inReplyTo: 10))
        #expect(answer.id == first.id && !answer.isUnread)
        let third = try #require(try await letter(12, by: ann, to: [owner], context: "other", inReplyTo: 11))
        #expect(third.id == first.id && third.isUnread)
        #expect(try all().count == 1)
    }

    @Test func `other people and other threads are others`() async throws {
        try await letter(10, by: ann, to: [owner], context: "c")
        try await letter(11, by: ann, to: [owner, bob], context: "c", inReplyTo: 10)
        try await letter(12, by: ann, to: [owner], context: "d")
        try await letter(13, by: owner, to: [])
        #expect(try all().map(\.participants) == [[], [ann], [ann, bob], [ann]])
        #expect(try all().map(\.lastStatus.value) == [13, 12, 11, 10])
    }

    @Test func `what is not a letter of or to the owner is in none`() async throws {
        #expect(try await letter(10, by: ann, to: [owner], .private) == nil)
        #expect(try await letter(11, by: ann, to: [bob]) == nil)
        #expect(try all().isEmpty)
    }

    @Test func `an older letter that comes later is no news`() async throws {
        try await letter(10, by: ann, to: [owner], context: "c")
        let id = try #require(try all().first?.id)
        try await store.write { try Conversations.set(id, isUnread: false, in: $0) }
        try await letter(9, by: ann, to: [owner], context: "c")
        #expect(try all().map(\.lastStatus.value) == [10])
        #expect(try all().map(\.isUnread) == [false])
    }

    @Test func `the last post goes back when one is deleted, and the last of all takes it along`()
        async throws
    {
        for id: Int64 in 10...12 { try await letter(id, by: ann, to: [owner], context: "c") }
        func last(without id: Int64) async throws -> [Int64] {
            try await store.write { try Statuses.delete(StatusID(id), in: $0) }
            return try all().map(\.lastStatus.value)
        }
        #expect(try await last(without: 10) == [12])
        #expect(try await last(without: 12) == [11])
        #expect(try await last(without: 11) == [])
        let left = try store.read { snapshot in
            try snapshot.db.first("SELECT count(*) FROM conversation_statuses") { $0.int(0) }
        }
        #expect(left == 0)
    }

    @Test func `one that was taken off the list begins anew with the next letter`() async throws {
        let first = try #require(try await letter(10, by: ann, to: [owner], context: "c"))
        try await store.write { try Conversations.remove(first.id, in: $0) }
        #expect(try all().isEmpty)
        let next = try #require(try await letter(11, by: ann, to: [owner], context: "c", inReplyTo: 10))
        #expect(next.id != first.id && next.isUnread)
    }

    @Test func `pages are next to their cursor in both directions`() async throws {
        for id: Int64 in 10...19 { try await letter(id, by: ann, to: [owner], context: "c\(id)") }
        func page(_ page: Page) throws -> [Int64] {
            try store.read { try Conversations.page(page, in: $0).map(\.lastStatus.value) }
        }
        #expect(try page(Page(maxID: 15, limit: 2)) == [14, 13])
        #expect(try page(Page(minID: 11, limit: 2)) == [13, 12])
        #expect(try page(Page(sinceID: 11, limit: 2)) == [19, 18])
    }

    @Test func `streams hear of a letter, but not of one by somebody silent or in a muted thread`()
        async throws
    {
        let (owner, ann, bob) = (owner, ann, bob)
        let events = try await store.write { tx in
            for (id, author) in [(10, ann), (20, bob), (11, ann)] as [(Int64, ActorID)] {
                if id == 11 { try MutedThreads.insert(StatusID(10), in: tx) }
                if id == 20 { try Mutes.insert(bob, notifications: true, until: nil, in: tx) }
                var status = Status.make("\(id)", by: author, .direct)
                status.conversation = "c\(id / 10)"
                let id = try Statuses.insert(status, id: StatusID(id), in: tx)
                try Mentions.insert(status: id, actor: owner, in: tx)
                try Conversations.add(id, owner: owner, at: TestStore.now, in: tx)
            }
            return tx.events.filter { if case .conversation = $0 { true } else { false } }
        }
        #expect(events == [.conversation(ConversationID(10))])
        #expect(try all().map(\.isUnread) == [false, true])
    }
}
