import Basics
import Connections
import Federation
import Foundation
import HTTP
import HouseSupport
import JSON
import MastodonAPI
import Storage
import Testing

@testable import Web

/// An owner's pages over a whole house without sockets, which is gone with the test.
final class Site: Sendable {
    static let start = Timestamp(milliseconds: 1_704_164_645_000)  // 2024-01-02T03:04:05Z

    let house: House
    let pages: WebPages
    private let router: Router

    var store: Store { house.store }
    var identity: Identity { house.identity }

    init(_ change: @escaping @Sendable (inout Actor) -> Void = { _ in }) async throws {
        var name = House.Name()
        name.username = "me"
        name.displayName = ""
        name.host = "islet.example"
        name.accountDomain = "example.org"
        name.change = { actor in
            actor.discoverable = true
            change(&actor)
        }
        house = try await House.make(name)
        let shield = Shield(store: house.store, now: { [house] in house.time.now })
        pages = WebPages(
            api: house.api, store: house.store, identity: house.identity, version: "1.2.3",
            documents: ActorDocuments(identity: house.identity, store: house.store, shield: shield),
            objects: ObjectEndpoint(identity: house.identity, store: house.store, shield: shield),
            shield: shield, connections: Site.desk(house))
        router = Router(house.api.routes.map(Recording.recorded) + pages.routes)
        house.api.open(router)
    }

    private static func desk(_ house: House) -> ConnectionsDesk {
        let (clock, home) = (house.time.clock, house.identity.accountDomain)
        return ConnectionsDesk(
            export: Export(home: home, clock: clock),
            imports: Imports(
                store: house.store, home: home, clock: clock,
                worker: Worker(name: "test", threads: 1, limit: 4)),
            moving: Moving(
                store: house.store, resolver: house.resolver, actors: house.actors, outbox: house.outbox,
                identity: house.identity, clock: clock), clock: clock)
    }

    func get(
        _ target: String, accept: String = "text/html,*/*;q=0.8", fields: [(String, String)] = []
    ) async throws -> Response {
        try await send(
            Request(
                .get, target, fields: Fields([("Accept", accept), ("Host", identity.host)] + fields)))
    }

    func send(_ request: Request) async throws -> Response {
        var request = request
        guard case .found(let route, let parameters) = router.match(request.method, request.target) else {
            return pages.notFound(request)
        }
        request.parameters = parameters
        return try await route.handle(request)
    }

    /// Signs in with the password and gives the browser that the session is in.
    func signIn() async throws -> Browser {
        let browser = Browser(site: self)
        let answer = try await browser.post(
            "/home/login", ["username": "me", "password": House.password])
        #expect(answer.status == .seeOther)
        return browser
    }

    /// The page at this path, which must be there and be well-formed.
    func page(_ target: String, allowing: Set<String> = []) async throws -> String {
        let response = try await get(target)
        #expect(response.status == .ok)
        let text = response.text
        #expect(PageCheck.faults(in: text, allowing: allowing) == [])
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
            tx.announce(.ownPosts)
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
