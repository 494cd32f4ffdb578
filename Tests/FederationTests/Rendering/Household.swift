import Basics
import Federation
import Foundation
import Storage
import TestSupport

/// An owner with a store in a folder of its own, which is gone with the test.
final class Household: Sendable {
    static let start = Timestamp(milliseconds: 1_704_164_645_000)  // 2024-01-02T03:04:05Z

    let store: Store
    let identity: Identity
    let shield: Shield
    let clock = ManualClock()
    private let folder: URL

    /// - Parameter accountDomain: of the handle, when it is not the host.
    init(accountDomain: String = "islet.example") async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(
            path: folder.appending(path: "islet.db").path(), limits: Store.Limits(gathering: .zero))
        let owner = try await store.write { tx in
            var actor = Actor(
                uri: "https://islet.example/users/me", username: "me", domain: nil, createdAt: Household.start
            )
            actor.keyPEM = "OWNER KEY"
            actor.discoverable = true
            let id = try Actors.save(actor, in: tx)
            try Owner(
                actor: id, password: "", privateKey: "", instanceKey: "", instancePublicKey: "INSTANCE KEY"
            ).save(in: tx)
            return id
        }
        identity = Identity(
            origin: "https://islet.example", host: "islet.example", accountDomain: accountDomain,
            username: "me",
            owner: owner, mediaSecret: Array("secret".utf8))
        shield = Shield(store: store, now: { [clock] in clock.now })
    }

    deinit {
        // A folder that cannot be removed is left to the system's temporary folder.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Changes the owner's profile.
    func change(_ change: @escaping @Sendable (inout Actor) -> Void) async throws {
        try await store.write { [identity] tx in
            guard var actor = try Actors.find(identity.owner, in: tx) else { return }
            change(&actor)
            _ = try Actors.save(actor, in: tx)
            tx.announce(.owner)
        }
    }

    /// A post of the owner's, `minutes` after the start.
    @discardableResult
    func post(
        _ content: String = "<p>Hello</p>", visibility: Visibility = .public, minutes: Int = 0,
        source: String? = nil,
        _ change: @escaping @Sendable (inout Status, Transaction) throws -> Void = { _, _ in },
        then: @escaping @Sendable (StatusID, Transaction) throws -> Void = { _, _ in }
    ) async throws -> StatusID {
        try await store.write { [identity] tx in
            let moment = Household.start + .minutes(minutes)
            let id = Statuses.newID(at: moment)
            var status = Status(
                uri: identity.status(id), actor: identity.owner, createdAt: moment, visibility: visibility)
            status.content = content
            try change(&status, tx)
            _ = try Statuses.insert(status, id: id, source: source, in: tx)
            try then(id, tx)
            return id
        }
    }

    /// Somebody at `b.example`.
    func stranger(_ name: String) async throws -> ActorID {
        try await store.write { tx in
            var actor = Actor(
                uri: "https://b.example/users/\(name)", username: name, domain: "b.example",
                createdAt: Household.start)
            actor.inbox = "https://b.example/inbox"
            return try Actors.save(actor, in: tx)
        }
    }

    /// A post of somebody else's.
    @discardableResult
    func foreignPost(
        by actor: ActorID, visibility: Visibility = .public, inReplyTo parent: StatusID? = nil,
        minutes: Int = 0,
        content: String = "<p>Foreign</p>"
    ) async throws -> StatusID {
        try await store.write { [identity] tx in
            var status = Status(
                uri: "https://b.example/posts/\(minutes)", actor: actor,
                createdAt: Household.start + .minutes(minutes),
                visibility: visibility)
            status.content = content
            status.inReplyTo = parent
            status.inReplyToActor = parent == nil ? nil : identity.owner
            return try Statuses.insert(status, in: tx)
        }
    }
}

/// Written JSON as text, for comparing it whole.
func text(_ bytes: [UInt8]?) -> String? {
    bytes.map { String(decoding: $0, as: UTF8.self) }
}
