import Basics
import Storage
import Synchronization
import Testing

/// What open streams are told, `Store.events`.
@Suite struct EventsTests {
    /// What the writes of a test told, in order.
    private final class Heard: Sendable {
        private let events = Mutex<[Event]>([])

        init(_ store: TestStore) {
            store.store.events.listen { [weak self] news in self?.events.withLock { $0 += news } }
        }

        /// What came since the last call.
        func take() -> [Event] {
            events.withLock { events in
                defer { events = [] }
                return events
            }
        }
    }

    private func author(_ store: TestStore) async throws -> ActorID {
        try await store.write { try Actors.save(Actor.make("bob"), in: $0) }
    }

    private func post(_ name: String, by author: ActorID, _ store: TestStore) async throws -> StatusID {
        try await store.write { try Statuses.insert(.make(name, by: author), in: $0) }
    }

    @Test func `a post is told when it comes, on the home timeline once, when it changes and when it goes`()
        async throws
    {
        let store = try TestStore()
        let heard = Heard(store)
        let bob = try await author(store)
        #expect(heard.take() == [])
        let id = try await store.write { tx in
            let id = try Statuses.insert(.make("1", by: bob), in: tx)
            try HomeTimeline.add(id, in: tx)
            return id
        }
        #expect(heard.take() == [.added(id), .home(id)])
        try await store.write { try HomeTimeline.add(id, in: $0) }
        #expect(heard.take() == [])
        try await store.write { tx in
            guard let status = try Statuses.find(id, in: tx) else { return }
            try Statuses.refresh(status, in: tx)
            try Statuses.update(status, in: tx)
        }
        #expect(heard.take() == [.edited(id)])
        try await store.write { try Statuses.setRights(nil, of: id, in: $0) }
        #expect(heard.take() == [.edited(id)])
        try await store.write { try Statuses.delete(id, in: $0) }
        #expect(heard.take() == [.removed(id)])
        try await store.write { try Statuses.delete(id, in: $0) }
        #expect(heard.take() == [])
    }

    @Test func `the boosts of a deleted post are told as removed too`() async throws {
        let store = try TestStore()
        let bob = try await author(store)
        let id = try await post("1", by: bob, store)
        let boost = try await store.write { tx in
            var boost = Status.make("2", by: bob)
            boost.reblogOf = id
            return try Statuses.insert(boost, in: tx)
        }
        let heard = Heard(store)
        try await store.write { try Statuses.delete(id, in: $0) }
        #expect(heard.take() == [.removed(boost), .removed(id)])
    }

    @Test func `a notification is told once, by its id`() async throws {
        let store = try TestStore()
        let bob = try await author(store)
        let id = try await post("1", by: bob, store)
        let heard = Heard(store)
        for _ in 0..<2 {
            try await store.write {
                try Notifications.add(.mention, from: bob, status: id, at: TestStore.now, in: $0)
            }
        }
        let note = NotificationID(TestStore.now.milliseconds * 1000)
        #expect(heard.take() == [.notified(note)])
    }

    @Test func `a poll is told when its numbers, its options or its end change, and only then`() async throws
    {
        let store = try TestStore()
        let bob = try await author(store)
        let id = try await post("1", by: bob, store)
        let heard = Heard(store)
        var poll = Poll(
            status: id, isMultiple: false, endsAt: TestStore.now + .hours(1),
            options: [Poll.Option(name: "a", votes: 0), Poll.Option(name: "b", votes: 0)],
            readAt: TestStore.now)
        try await store.write { [poll] in try Polls.save(poll, in: $0) }
        #expect(heard.take() == [], "it comes with its post")
        poll.readAt = TestStore.now + .hours(1)
        try await store.write { [poll] in try Polls.save(poll, in: $0) }
        #expect(heard.take() == [])
        poll.options[1].votes = 7
        try await store.write { [poll] in try Polls.save(poll, in: $0) }
        #expect(heard.take() == [.edited(id)])
        for isNew in [true, false] {
            let counted = try await store.write { try Polls.vote(0, by: bob, in: id, $0) }
            #expect(counted == isNew)
            #expect(heard.take() == (isNew ? [.edited(id)] : []))
        }
        try await store.write { try Polls.close(id, in: $0) }
        #expect(heard.take() == [.edited(id)])
    }

    @Test func `a quote is told when its consent changes`() async throws {
        let store = try TestStore()
        let bob = try await author(store)
        let id = try await post("1", by: bob, store)
        let heard = Heard(store)
        for (state, told) in [(Quote.State.pending, false), (.pending, false), (.accepted, true)] {
            try await store.write { tx in
                try Quotes.save(
                    Quote(
                        status: id, quoted: id, quotedURI: "https://lake.example/notes/1", state: state,
                        checkedAt: TestStore.now), in: tx)
            }
            #expect(heard.take() == (told ? [.edited(id)] : []), "\(state)")
        }
    }

    @Test func `tokens that end are told, and what is rolled back is not`() async throws {
        let store = try TestStore()
        let heard = Heard(store)
        try await store.write { tx in
            for byte in [UInt8(1), 2, 3] {
                try OAuthTokens.insert(
                    digest: [byte], app: 7, scopes: "read", isOwner: true, at: TestStore.now, in: tx)
            }
        }
        let ids = try store.read { snapshot in
            try [UInt8(1), 2, 3].compactMap { try OAuthTokens.find(digest: [$0], in: snapshot)?.id }
        }
        struct Changed: Error {}
        await #expect(throws: Changed.self) {
            try await store.write { tx in
                try OAuthTokens.remove(digest: [1], app: 7, in: tx)
                throw Changed()
            }
        }
        try await store.write { try OAuthTokens.remove(digest: [1], app: 8, in: $0) }
        #expect(heard.take() == [])
        try await store.write { try OAuthTokens.remove(digest: [1], app: 7, in: $0) }
        #expect(heard.take() == [.revoked([ids[0]])])
        let left = try store.read { snapshot in try ids.map { try OAuthTokens.contains($0, in: snapshot) } }
        #expect(left == [false, true, true])
        #expect(try await store.write { try OAuthTokens.removeAll(in: $0) } == 2)
        #expect(heard.take() == [.revoked([ids[1], ids[2]])])
        #expect(try await store.write { try OAuthTokens.removeAll(in: $0) } == 0)
        #expect(heard.take() == [])
    }
}
