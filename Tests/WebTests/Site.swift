import Basics
import Federation
import Foundation
import HTTP
import Storage
import Testing
import Web

/// An owner's pages over a store in a folder of its own, which is gone with the test.
final class Site: Sendable {
    static let start = Timestamp(milliseconds: 1_704_164_645_000)  // 2024-01-02T03:04:05Z

    let store: Store
    let identity: Identity
    let pages: WebPages
    private let folder: URL

    init(_ change: @escaping @Sendable (inout Actor) -> Void = { _ in }) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "islet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try Store(path: folder.appending(path: "islet.db").path())
        let owner = try await store.write { tx in
            var actor = Actor(
                uri: "https://islet.example/users/me", username: "me", domain: nil, createdAt: Site.start)
            actor.discoverable = true
            change(&actor)
            let id = try Actors.save(actor, in: tx)
            try Owner(actor: id, password: "", privateKey: "", instanceKey: "", instancePublicKey: "").save(
                in: tx)
            return id
        }
        identity = Identity(
            origin: "https://islet.example", host: "islet.example", accountDomain: "example.org",
            username: "me",
            owner: owner, mediaSecret: Array("secret".utf8))
        pages = WebPages(
            store: store, identity: identity, version: "1.2.3",
            documents: ActorDocuments(identity: identity, store: store),
            objects: ObjectEndpoint(identity: identity, store: store))
    }

    deinit {
        // A folder that cannot be removed is left to the system's temporary folder.
        try? FileManager.default.removeItem(at: folder)
    }

    func get(
        _ target: String, accept: String = "text/html,*/*;q=0.8", fields: [(String, String)] = []
    ) async throws -> Response {
        var request = Request(.get, target, fields: Fields([("Accept", accept)] + fields))
        guard case .found(let route, let parameters) = Router(pages.routes).match(.get, request.target) else {
            return pages.notFound(request)
        }
        request.parameters = parameters
        return try await route.handle(request)
    }

    /// The page at this path, which must be there and be well-formed.
    func page(_ target: String) async throws -> String {
        let response = try await get(target)
        #expect(response.status == .ok)
        let text = response.text
        #expect(PageCheck.faults(in: text) == [])
        return text
    }

    @discardableResult
    func post(
        _ content: String = "<p>Hello</p>", visibility: Visibility = .public, minutes: Int = 0,
        _ change: @escaping @Sendable (inout Storage.Status) -> Void = { _ in },
        then: @escaping @Sendable (StatusID, Transaction) throws -> Void = { _, _ in }
    ) async throws -> StatusID {
        try await store.write { [identity] tx in
            let moment = Site.start + .minutes(minutes)
            let id = Statuses.newID(at: moment)
            var status = Status(
                uri: identity.status(id), actor: identity.owner, createdAt: moment, visibility: visibility)
            status.content = content
            change(&status)
            _ = try Statuses.insert(status, id: id, in: tx)
            try then(id, tx)
            return id
        }
    }

    /// Somebody at `b.example`.
    func stranger(_ name: String, displayName: String = "") async throws -> ActorID {
        try await store.write { tx in
            var actor = Actor(
                uri: "https://b.example/users/\(name)", username: name, domain: "b.example",
                createdAt: Site.start)
            actor.name = displayName
            actor.url = "https://b.example/@\(name)"
            return try Actors.save(actor, in: tx)
        }
    }

    @discardableResult
    func foreignPost(
        by actor: ActorID, _ content: String, visibility: Visibility = .public,
        inReplyTo parent: StatusID? = nil,
        minutes: Int = 0
    ) async throws -> StatusID {
        try await store.write { [identity] tx in
            var status = Status(
                uri: "https://b.example/posts/\(minutes)", actor: actor,
                createdAt: Site.start + .minutes(minutes), visibility: visibility)
            status.content = content
            status.inReplyTo = parent
            status.inReplyToActor = parent == nil ? nil : identity.owner
            return try Statuses.insert(status, in: tx)
        }
    }
}

extension Response {
    var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}
