import Basics
import Crypto
import Federation
import HTTP
import Storage
import TestSupport
import Testing

/// What the tests of quirks have in common.
enum Quirk {
    /// Has the owner follow somebody, who agrees.
    @discardableResult
    static func follow(_ actor: StrangerActor, _ islet: Islet, _ pond: Pond) async throws -> ActorID {
        let row = try await islet.actors.id(actor.id).get()
        try await islet.act { outbox, tx in
            try outbox.follow(row, reblogs: true, notify: false, in: tx)
            _ = try Following.accept(row, owner: islet.identity.owner, in: tx)
        }
        try await pond.settle()
        actor.host.forget()
        return row
    }

    /// Has somebody follow the owner.
    static func followed(by actor: StrangerActor, _ islet: Islet, _ pond: Pond) async throws {
        try await islet.receive(
            actor.activity("Follow", about: islet.identity.actor, number: 900), from: actor)
        try await pond.settle()
        actor.host.forget()
    }

    static func deliver(_ post: QuirkPost, to islet: Islet) async throws -> HTTP.Status {
        await islet.answer(try post.request()).status
    }

    /// A document of an actor, whose key is that of everybody.
    ///
    /// - Parameter more: further members, beginning with a comma; they may repeat none of these.
    static func actor(
        _ id: String, name: String = "zoe", type: String = "Person", inbox: String? = nil,
        keyID: String? = nil,
        more: String = ""
    ) -> String {
        let key = keyID ?? id + "#main-key"
        return """
            {"@context":"https://www.w3.org/ns/activitystreams","id":"\(id)","type":"\(type)",
             "preferredUsername":"\(name)","inbox":"\(inbox ?? "https://far.example/in")",
             "publicKey":{"id":"\(key)","owner":"\(id)","publicKeyPem":\(WrittenJSON.quoted(TestKeys.common.publicPEM))}
             \(more)}
            """
    }

    static func webFinger(_ host: Stranger, _ account: String, actor: String, subject: String? = nil) {
        host.serve(
            "/.well-known/webfinger?resource=\(PercentCoding.encodeQuery("acct:\(account)"))",
            WrittenJSON.webFinger(subject: "acct:\(subject ?? account)", actor: actor),
            type: "application/jrd+json")
    }

    /// A poll of the owner's that ends in an hour.
    static func poll(_ islet: Islet, _ options: [String], isMultiple: Bool) async throws -> StatusID {
        let id = try await islet.post("Which?")
        let now = islet.clock.now()
        try await islet.store.write { tx in
            try Polls.save(
                Poll(
                    status: id, isMultiple: isMultiple, endsAt: now + .hours(1),
                    options: options.map { Poll.Option(name: $0, votes: 0) }, readAt: now), in: tx)
        }
        return id
    }

    static func votes(_ poll: StatusID, _ islet: Islet) throws -> [Int] {
        try islet.read { try Polls.find(poll, in: $0)?.options.map(\.votes) ?? [] }
    }
}
