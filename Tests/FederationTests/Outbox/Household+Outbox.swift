import Basics
import Crypto
import Federation
import JSON
import Storage
import TestSupport
import Testing

/// What the owner does, and what goes out of it.
extension Household {
    /// One delivery.
    struct Sent {
        let inbox: String
        let kind: String
        let document: JSONValue
        let body: [UInt8]

        var object: JSONValue? { document["object"] }
    }

    var outbox: Outbox { Outbox(identity: identity, clock: clock.clock()) }

    @discardableResult
    func act<Result: Sendable>(
        _ body: @escaping @Sendable (Outbox, Transaction) throws -> Result
    ) async throws -> Result {
        try await store.write { [outbox] tx in try body(outbox, tx) }
    }

    /// Posts something as the client API does.
    @discardableResult
    func publish(
        visibility: Visibility = .public, mentions: [ActorID] = [], inReplyTo parent: StatusID? = nil,
        _ also: @escaping @Sendable (StatusID, Transaction) throws -> Void = { _, _ in }
    ) async throws -> StatusID {
        let id = try await post(
            visibility: visibility,
            { status, tx in
                guard let parent = try parent.flatMap({ try Statuses.find($0, in: tx) }) else { return }
                status.inReplyTo = parent.id
                status.inReplyToActor = parent.actor
            },
            then: { id, tx in
                for actor in mentions { try Mentions.insert(status: id, actor: actor, in: tx) }
                try also(id, tx)
            })
        try await act { outbox, tx in try outbox.publish(id, in: tx) }
        return id
    }

    /// Somebody with an inbox of their own.
    func neighbour(
        _ name: String, at host: String = "b.example", follows: Bool = false,
        _ change: @escaping @Sendable (inout Actor) -> Void = { _ in }
    ) async throws -> ActorID {
        try await store.write { [identity] tx in
            var actor = Actor(
                uri: "https://\(host)/users/\(name)", username: name, domain: host, createdAt: Household.start
            )
            actor.inbox = "https://\(host)/\(name)"
            change(&actor)
            let id = try Actors.save(actor, in: tx)
            if follows {
                _ = try Followers.insert(id, uri: "\(actor.uri)#follow", owner: identity.owner, in: tx)
            }
            return id
        }
    }

    /// Somebody else's post.
    @discardableResult
    func theirs(
        _ actor: ActorID, _ uri: String, visibility: Visibility = .public,
        _ change: @escaping @Sendable (inout Status) -> Void = { _ in }
    ) async throws -> StatusID {
        try await store.write { tx in
            var status = Status(
                uri: uri, actor: actor, createdAt: Household.start, visibility: visibility)
            change(&status)
            return try Statuses.insert(status, in: tx)
        }
    }

    /// All that waits, in the order in which it goes out; afterwards it counts as delivered.
    @discardableResult
    func sent() async throws -> [Sent] {
        var sent: [Sent] = []
        while true {
            let due = try store.read {
                try Deliveries.due(at: Household.start + .days(3_650), limit: 50, in: $0)
            }
            guard !due.isEmpty else { return sent }
            for item in due {
                let turn = try store.read { try Deliveries.turn(of: item, in: $0) }
                switch turn {
                case .send(let sending):
                    sent.append(
                        Sent(
                            inbox: String(item.url.dropFirst("https://".count)), kind: sending.kind,
                            document: try Document(sending.body).root, body: sending.body))
                    try await store.write {
                        try Deliveries.settle(item, containing: sending.contains, in: $0)
                    }
                case .cancelled(let last):
                    try await store.write { try Deliveries.cancel(item, through: last, in: $0) }
                case .superseded, .gone:
                    try await store.write { try Deliveries.settle(item, containing: nil, in: $0) }
                }
            }
        }
    }

    func setProofKey(_ key: Ed25519PrivateKey) async throws {
        try await store.write { tx in
            var owner = try #require(try Owner.load(in: tx))
            owner.proofSeed = Hex.encode(key.seed)
            try owner.save(in: tx)
        }
    }

    func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result { try store.read(body) }
}

extension [Household.Sent] {
    /// Kinds and inboxes, `Kind inbox`, sorted.
    var summary: [String] { map { "\($0.kind) \($0.inbox)" }.sorted() }
}
