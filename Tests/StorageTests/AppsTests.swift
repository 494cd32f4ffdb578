import Basics
import SQLite
import Testing

@testable import Storage

/// The tables that apps cause: OAuth, idempotency keys, markers, settings, notifications, favourites.
@Suite struct AppsTests {
    private let store: TestStore
    private let now = TestStore.now

    init() throws {
        store = try TestStore()
    }

    private func app(_ name: String, at moment: Timestamp) async throws -> Int64 {
        try await store.write { tx in
            try OAuthApps.insert(
                name: name, website: nil, redirectURIs: "a\nb", scopes: "read", clientID: name,
                secretDigest: [1, 2],
                at: moment, in: tx)
        }
    }

    @Test func `an app is found by its id and its client id, which is its alone`() async throws {
        let id = try await app("toot", at: now)
        let found = try #require(try store.read { try OAuthApps.find(clientID: "toot", in: $0) })
        #expect(
            found.id == id && found.name == "toot" && found.redirectURIs == "a\nb"
                && found.secretDigest == [1, 2])
        #expect(try store.read { try OAuthApps.find(id, in: $0)?.clientID } == "toot")
        #expect(try store.read { try OAuthApps.names([id], in: $0)[id]?.name } == "toot")
        await #expect(throws: StoreError.self) { try await app("toot", at: now) }
        #expect(try store.read { try OAuthApps.count(in: $0) } == 1)
    }

    @Test func `a code is used once`() async throws {
        let code = OAuthCodes.Code(app: 1, redirectURI: "u", scopes: "read", challenge: "c", expiresAt: now)
        try await store.write { try OAuthCodes.insert(code, digest: [9], in: $0) }
        #expect(try await store.write { try OAuthCodes.take(digest: [8], in: $0) } == nil)
        let taken = try await store.write { try OAuthCodes.take(digest: [9], in: $0) }
        #expect(taken?.challenge == "c" && taken?.expiresAt == now && taken?.scopes == "read")
        #expect(try await store.write { try OAuthCodes.take(digest: [9], in: $0) } == nil)
    }

    @Test func `a token ends by its own app only, and all end together`() async throws {
        let now = now
        try await store.write { tx in
            try OAuthTokens.insert(digest: [1], app: 1, scopes: "read", isOwner: true, at: now, in: tx)
            try OAuthTokens.insert(digest: [2], app: 1, scopes: "read", isOwner: false, at: now, in: tx)
            try OAuthTokens.remove(digest: [1], app: 2, in: tx)
        }
        #expect(try store.read { try OAuthTokens.find(digest: [1], in: $0)?.isOwner } == true)
        try await store.write { try OAuthTokens.removeWithoutOwner(app: 1, in: $0) }
        #expect(try store.read { try OAuthTokens.find(digest: [2], in: $0) } == nil)
        #expect(try await store.write { try OAuthTokens.removeAll(in: $0) } == 1)
        #expect(try store.read { try OAuthTokens.find(digest: [1], in: $0) } == nil)
    }

    @Test func `apps that the owner never signed in with go after a while, with their tokens`() async throws {
        let now = now
        let used = try await app("used", at: now)
        let asked = try await app("asked", at: now)
        let machine = try await app("machine", at: now)
        let fresh = try await app("fresh", at: now + .days(2))
        let code = OAuthCodes.Code(
            app: asked, redirectURI: "u", scopes: "read", challenge: nil, expiresAt: now)
        try await store.write { tx in
            try OAuthTokens.insert(digest: [1], app: used, scopes: "read", isOwner: true, at: now, in: tx)
            try OAuthTokens.insert(digest: [2], app: machine, scopes: "read", isOwner: false, at: now, in: tx)
            try OAuthCodes.insert(code, digest: [9], in: tx)
            try OAuthApps.removeNeverSignedIn(before: now + .days(1), in: tx)
        }
        let left = try store.read { try OAuthApps.names([used, asked, machine, fresh], in: $0) }
        #expect(Set(left.keys) == [used, asked, fresh])
        #expect(try store.read { try OAuthTokens.find(digest: [2], in: $0) } == nil)
    }

    @Test func `a repeated request finds its post until the key's time is over`() async throws {
        let now = now
        try await store.write {
            try IdempotencyKeys.insert(digest: [1], status: StatusID(5), until: now, in: $0)
        }
        func status(at moment: Timestamp) throws -> StatusID? {
            try store.read { try IdempotencyKeys.status(forDigest: [1], at: moment, in: $0) }
        }
        #expect(try status(at: now - .milliseconds(1)) == StatusID(5))
        #expect(try status(at: now) == nil)
    }

    @Test func `a marker counts its versions`() async throws {
        let now = now
        _ = try await store.write { try Markers.set("home", to: "1", at: now, in: $0) }
        let second = try await store.write { try Markers.set("home", to: "2", at: now, in: $0) }
        #expect(second?.version == 2 && second?.lastRead == "2")
        #expect(try store.read { try Markers.all(in: $0).count } == 1)
    }

    @Test func `a setting is what it was set to last`() async throws {
        #expect(try store.read { try Settings.text(.domain, in: $0) } == nil)
        try await store.write { tx in
            try Settings.set(.domain, to: "a", in: tx)
            try Settings.set(.domain, to: "b", in: tx)
        }
        #expect(try store.read { try Settings.text(.domain, in: $0) } == "b")
    }

    @Test func `the owner is told once of each thing, in ids that apps can read as numbers`() async throws {
        let now = now
        try await store.write { tx in
            try Notifications.add(.favourite, from: ActorID(1), status: StatusID(1), at: now, in: tx)
            try Notifications.add(.favourite, from: ActorID(1), status: StatusID(1), at: now, in: tx)
            try Notifications.add(.reblog, from: ActorID(1), status: StatusID(1), at: now, in: tx)
            try Notifications.add(.follow, from: ActorID(2), status: nil, at: now - .days(1), in: tx)
        }
        func page(
            _ kinds: Set<Notification.Kind> = Set(Notification.Kind.allCases), from actor: ActorID? = nil
        ) throws -> [Notification] {
            try store.read { try Notifications.page(Page(limit: 9), kinds: kinds, actor: actor, in: $0) }
        }
        let all = try page()
        #expect(all.map(\.kind) == [.follow, .reblog, .favourite], "ids grow even when the clock does not")
        #expect(all.allSatisfy { $0.id.value < 1 << 53 && $0.createdAt == now })
        #expect(try page([.follow]).map(\.actor) == [ActorID(2)])
        #expect(try page(from: ActorID(1)).count == 2)
        try await store.write { tx in
            try Notifications.remove(.favourite, from: ActorID(1), status: StatusID(1), in: tx)
            try Notifications.dismiss(all[0].id, in: tx)
        }
        #expect(try page().map(\.kind) == [.reblog])
        try await store.write { try Notifications.clear(in: $0) }
        #expect(try page().isEmpty)
    }

    @Test func `liking twice is liking once, and the marks of a page are right`() async throws {
        let (owner, status) = (ActorID(1), StatusID(1))
        let now = now
        #expect(
            try await store.write { try Favourites.insert(actor: owner, status: status, uri: "l", in: $0) })
        #expect(
            try await store.write { try !Favourites.insert(actor: owner, status: status, uri: "m", in: $0) })
        try await store.write { tx in
            _ = try Favourites.insert(actor: ActorID(2), status: status, uri: "n", in: tx)
            try Bookmarks.insert(status, in: tx)
            try Bookmarks.insert(status, in: tx)
            // Others' pins are not the owner's.
            for (id, author) in [(StatusID(2), owner), (StatusID(3), ActorID(2))] {
                _ = try Statuses.insert(.make("pinned\(id)", by: author), id: id, in: tx)
                try Pins.insert(id, at: now, in: tx)
            }
            var boost = Status.make("b", by: owner)
            boost.reblogOf = StatusID(2)
            _ = try Statuses.insert(boost, in: tx)
        }
        let ids = [status, StatusID(2), StatusID(3)].asJSON()
        try store.read { snapshot throws -> Void in
            #expect(
                try OwnMarks.of(ids, owner: owner, in: snapshot)
                    == [status: [.favourited, .bookmarked], StatusID(2): [.reblogged, .pinned]])
            let numbers = try StatusNumbers.of(ids, in: snapshot)
            #expect(
                numbers[status]?.favourites == 2 && numbers[StatusID(2)]?.boosts == 1
                    && numbers[StatusID(3)] == nil)
            #expect(try Favourites.status(forURI: "l", actor: owner, in: snapshot) == status)
            #expect(try Favourites.status(forURI: "l", actor: ActorID(2), in: snapshot) == nil)
        }
        #expect(try await store.write { try Favourites.remove(actor: owner, status: status, in: $0) } == "l")
        #expect(try await store.write { try Favourites.remove(actor: owner, status: status, in: $0) } == nil)
    }

    @Test func `a file belongs to one post, and only an own one can be attached`() async throws {
        let now = now
        let files = try await store.write { tx -> [AttachmentID] in
            var own = Attachment(kind: .image, createdAt: now)
            own.file = "frog.png"
            var remote = Attachment(kind: .image, createdAt: now)
            remote.remoteURL = "https://lake.example/frog.png"
            return [try Attachments.insert(own, in: tx), try Attachments.insert(remote, in: tx)]
        }
        func attach(_ file: AttachmentID, _ status: Int64) async throws -> Bool {
            try await store.write { try Attachments.attach(file, to: StatusID(status), position: 0, in: $0) }
        }
        #expect(try await attach(files[0], 1))
        #expect(try await attach(files[0], 1), "again to the same")
        #expect(try await !attach(files[0], 2))
        #expect(try await !attach(files[1], 1))
        let removed = try await store.write { try Attachments.removeUnattached(files[0], in: $0) }
        #expect(removed.isEmpty)
        try await store.write { tx in
            try Attachments.describe(files[0], description: "a frog", focus: (0.5, -1), in: tx)
            try Attachments.detachAll(from: StatusID(1), at: now, in: tx)
        }
        let left = try #require(try store.read { try Attachments.find(file: "frog.png", in: $0) })
        #expect(left.description == "a frog" && left.focusX == 0.5 && left.focusY == -1 && left.status == nil)
        #expect(try store.read { try Attachments.inUse(["frog.png", "newt.png"], in: $0) } == ["frog.png"])
    }
}
