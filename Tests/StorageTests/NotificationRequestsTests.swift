import Basics
import SQLite
import Testing

@testable import Storage

/// The policy with the rows it decides about.
@Suite struct NotificationRequestsTests {
    private let store: TestStore
    private let owner: ActorID
    private let ann: ActorID

    init() async throws {
        store = try TestStore()
        (owner, ann) = try await store.write { tx in
            var actor = Actor.make("frog", host: "pond.example")
            actor.domain = nil
            let owner = try Actors.save(actor, in: tx)
            try Owner(
                actor: owner, password: "", privateKey: "", instanceKey: "", instancePublicKey: ""
            ).save(in: tx)
            var ann = Actor.make("ann")
            ann.createdAt = TestStore.now - .days(365)
            return (owner, try Actors.save(ann, in: tx))
        }
    }

    private func set(_ origins: [NotificationPolicy.Origin], _ action: NotificationPolicy.Action) async throws
    {
        try await store.write { tx in
            var policy = NotificationPolicy()
            for origin in origins { policy[origin] = action }
            try policy.save(in: tx)
        }
    }

    private func mention(
        _ id: Int64, inReplyTo parent: Int64? = nil, by author: ActorID? = nil,
        _ visibility: Visibility = .direct
    ) async throws {
        let (ann, owner) = (author ?? ann, owner)
        try await store.write { tx in
            var status = Status.make("\(id)", by: ann, visibility)
            status.inReplyTo = parent.map { StatusID($0) }
            let id = try Statuses.insert(status, id: StatusID(id), in: tx)
            try Mentions.insert(status: id, actor: ann == owner ? self.ann : owner, in: tx)
            try Conversations.add(id, owner: owner, at: TestStore.now, in: tx)
            guard ann != owner else { return }
            try Notifications.add(.mention, from: ann, status: id, at: TestStore.now, in: tx)
        }
    }

    private func told(_ includesFiltered: Bool = false) throws -> [Int64?] {
        try store.read {
            try Notifications.page(
                Page(limit: 9), kinds: [.mention, .favourite], actor: nil, includesFiltered: includesFiltered,
                in: $0
            ).map(\.status?.value)
        }
    }

    private func requests() throws -> [NotificationRequests.Request] {
        try store.read { try NotificationRequests.page(Page(limit: 9), in: $0) }
    }

    @Test func `what is held back is stored, counted nowhere, and asked about once`() async throws {
        try await set([.notFollowing], .filter)
        try await mention(10)
        try await mention(11)
        #expect(try told() == [] && told(true) == [11, 10])
        let request = try #require(try requests().first)
        #expect(try requests().count == 1)
        #expect(request.actor == ann && request.count == 2 && request.lastStatus == StatusID(11))
        let (unread, summary) = try store.read { snapshot in
            (
                try Notifications.count(
                    after: 0, kinds: Set(Notification.Kind.allCases), actor: nil, limit: 9, at: TestStore.now,
                    in: snapshot), try NotificationRequests.summary(in: snapshot)
            )
        }
        #expect(unread == 0 && summary == (1, 2))
        #expect(try store.read { try Conversations.page(Page(limit: 9), in: $0).isEmpty })
        // A like is held back too, but nobody is asked about likes.
        let ann = ann
        try await store.write { tx in
            try NotificationRequests.dismiss([request], in: tx)
            try Notifications.add(.favourite, from: ann, status: StatusID(5), at: TestStore.now, in: tx)
        }
        #expect(try requests().isEmpty)
        #expect(try told() == [] && told(true) == [5])
    }

    @Test func `what is dropped is not stored`() async throws {
        try await set([.notFollowing], .drop)
        try await mention(10)
        #expect(try told(true) == [])
        #expect(try requests().isEmpty)
    }

    @Test func `who is accepted comes in with all that waited, and later`() async throws {
        try await set([.notFollowing], .filter)
        try await mention(10)
        let owner = owner
        let waiting = try requests()
        let events = try await store.write { tx in
            try NotificationRequests.accept(waiting, owner: owner, at: TestStore.now, in: tx)
            return tx.events
        }
        #expect(events == [.conversation(ConversationID(10)), .notificationsMerged])
        try await mention(11)
        #expect(try told() == [11, 10])
        #expect(try requests().isEmpty)
        #expect(
            try store.read { try Conversations.page(Page(limit: 9), in: $0).map(\.lastStatus.value) } == [
                11, 10,
            ])
        // Blocking takes it back.
        let ann = ann
        try await store.write { try Notifications.removeAll(from: ann, in: $0) }
        try await mention(12)
        #expect(try told() == [])
    }

    @Test func `who is dismissed asks again with the next letter`() async throws {
        try await set([.privateMentions], .filter)
        try await mention(10)
        let first = try requests()
        try await store.write { try NotificationRequests.dismiss(first, in: $0) }
        #expect(try requests().isEmpty && told(true) == [])
        try await mention(11)
        #expect(try requests().map(\.count) == [1])
    }

    @Test func `an answer to a letter in which the owner named them is not unasked for`() async throws {
        try await set([.privateMentions], .filter)
        try await mention(10, by: owner)
        try await mention(11, inReplyTo: 10)
        try await mention(12, inReplyTo: 11)
        try await mention(13)
        try await mention(14, .public)
        #expect(try told() == [14, 12, 11])
    }

    @Test func `accounts are new for thirty days, and followers count after three`()
        async throws
    {
        let newcomer = try await store.write { tx in
            var actor = Actor.make("new")
            actor.createdAt = TestStore.now - .days(29)
            return try Actors.save(actor, in: tx)
        }
        try await set([.newAccounts], .filter)
        try await mention(10)
        try await mention(11, by: newcomer)
        #expect(try told() == [10])
        try await set([.notFollowers], .drop)
        let (ann, owner) = (ann, owner)
        let told = try await store.write { tx in
            _ = try Followers.insert(ann, uri: "f", owner: owner, at: TestStore.now, in: tx)
            for (days, post) in [(0, 5), (2, 6), (3, 7)] as [(Int, Int64)] {
                try Notifications.add(
                    .favourite, from: ann, status: StatusID(post), at: TestStore.now + .days(days), in: tx)
            }
            return try Notifications.page(Page(limit: 9), kinds: [.favourite], actor: nil, in: tx)
                .map(\.status)
        }
        #expect(told == [StatusID(7)])
    }

    @Test func `a request whose posts are gone is none`() async throws {
        try await set([.notFollowing], .filter)
        try await mention(10)
        let id = try #require(try requests().first?.id)
        #expect(try store.read { try NotificationRequests.find(id, in: $0)?.actor } == ann)
        try await store.write { try Statuses.delete(StatusID(10), in: $0) }
        #expect(try requests().isEmpty)
        #expect(try store.read { try NotificationRequests.find(id, in: $0) } == nil)
    }
}
