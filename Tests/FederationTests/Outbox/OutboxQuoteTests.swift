import ActivityPub
import Basics
import Federation
import JSON
import Storage
import Testing

struct OutboxQuoteTests {
    private static let quoting = "https://b.example/posts/q"

    /// A request by bob to quote a post, and what goes out.
    private func ask(
        _ house: Household, _ status: StatusID, by actor: ActorID, id: String = "https://b.example/requests/1"
    ) async throws -> [Household.Sent] {
        try await house.act { outbox, tx in
            try outbox.answerQuoteRequest(id: id, quoting: Self.quoting, by: actor, of: status, in: tx)
        }
        return try await house.sent()
    }

    private func rights(
        automatic: InteractionRights.People, manual: InteractionRights.People
    ) -> InteractionRights {
        var rights = InteractionRights()
        rights[.quote] = (automatic, manual)
        return rights
    }

    private func stamp(_ house: Household, _ status: StatusID) throws -> QuoteAuthorization? {
        try house.read { try QuoteAuthorizations.find(status: status, interacting: Self.quoting, in: $0) }
    }

    // MARK: - Others quote

    @Test func `an open post may be quoted by everybody, and the same question gets the same stamp`()
        async throws
    {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let id = try await house.post()
        let first = try await ask(house, id, by: bob)
        let again = try await ask(house, id, by: bob, id: "https://b.example/requests/2")
        let stamp = try #require(try stamp(house, id))
        let address = house.identity.quoteAuthorization(stamp.id)
        #expect((first + again).summary == ["Accept b.example/bob", "Accept b.example/bob"])
        #expect((first + again).allSatisfy { $0.document["result"]?.string == address })
        #expect(again.first?.object?["id"]?.string == "https://b.example/requests/2")
        #expect(first.first?.object?["instrument"]?.string == Self.quoting)
    }

    @Test(arguments: [Visibility.private, .direct])
    func `what is not for everybody is not quoted`(visibility: Visibility) async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob", follows: true)
        let id = try await house.post(visibility: visibility)
        #expect(try await ask(house, id, by: bob).summary == ["Reject b.example/bob"])
        #expect(try stamp(house, id) == nil)
    }

    @Test func `whoever is blocked gets a no`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let id = try await house.post()
        try await house.store.write { _ = try Blocks.insert(bob, uri: "b", in: $0) }
        #expect(try await ask(house, id, by: bob).summary == ["Reject b.example/bob"])
    }

    @Test func `rights of a post say who may at once`() async throws {
        let house = try await Household()
        let (fan, other) = (
            try await house.neighbour("fan", follows: true), try await house.neighbour("other")
        )
        let rights = rights(automatic: .followers, manual: [])
        let id = try await house.post { status, _ in status.rights = rights }
        #expect(try await ask(house, id, by: other).summary == ["Reject b.example/other"])
        #expect(try await ask(house, id, by: fan).summary == ["Accept b.example/fan"])
    }

    @Test(arguments: [(true, "Accept"), (false, "Reject")])
    func `the owner is asked where that was wanted, and the answer stays`(approve: Bool, kind: String)
        async throws
    {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let rights = rights(automatic: [], manual: .everybody)
        let id = try await house.post { status, _ in status.rights = rights }
        #expect(try await ask(house, id, by: bob).isEmpty)
        #expect(try await ask(house, id, by: bob).isEmpty)
        let told = try house.read {
            try Notifications.page(Page(limit: 10), kinds: [.quote], actor: nil, in: $0)
        }
        #expect(told.map(\.actor) == [bob] && told.map(\.status) == [id])
        let pending = try #require(try stamp(house, id))
        try await house.act { outbox, tx in try outbox.decideQuote(pending.id, approve: approve, in: tx) }
        #expect(try await house.sent().summary == ["\(kind) b.example/bob"])
        try await house.act { outbox, tx in try outbox.decideQuote(pending.id, approve: !approve, in: tx) }
        #expect(try await house.sent().isEmpty)
        #expect(try await ask(house, id, by: bob).summary == ["\(kind) b.example/bob"])
    }

    @Test func `wishes that wait are bounded for each person`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let rights = rights(automatic: [], manual: .everybody)
        let id = try await house.post { status, _ in status.rights = rights }
        try await house.act { outbox, tx in
            for number in 0..<25 {
                try outbox.answerQuoteRequest(
                    id: "https://b.example/requests/\(number)", quoting: "https://b.example/posts/\(number)",
                    by: bob, of: id, in: tx)
            }
        }
        #expect(try house.read { try QuoteAuthorizations.pending(of: bob, in: $0) } == 20)
        #expect(try await house.sent().map(\.kind) == Array(repeating: "Reject", count: 5))
    }

    @Test func `nobody gets an answer to somebody else's wish`() async throws {
        let house = try await Household()
        let (bob, eve) = (try await house.neighbour("bob"), try await house.neighbour("eve"))
        let id = try await house.post()
        _ = try await ask(house, id, by: bob)
        #expect(try await ask(house, id, by: eve).isEmpty)
        #expect(try stamp(house, id)?.actor == bob)
    }

    @Test func `leave that is taken back is told to the quoter and the followers`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        _ = try await house.neighbour("fan", at: "f.example", follows: true)
        let id = try await house.post()
        _ = try await ask(house, id, by: bob)
        let quoting = try await house.theirs(bob, Self.quoting)
        try await house.store.write { tx in
            try Quotes.save(
                Quote(
                    status: quoting, quoted: id, quotedURI: "x", state: .accepted, checkedAt: Household.start),
                in: tx)
        }
        let stamp = try #require(try stamp(house, id))
        for _ in 0..<2 { try await house.act { outbox, tx in try outbox.revokeQuote(by: quoting, in: tx) } }
        let sent = try await house.sent()
        #expect(sent.summary == ["Delete b.example/bob", "Delete f.example/fan"])
        #expect(sent.first?.object?.string == house.identity.quoteAuthorization(stamp.id))
        #expect(try house.read { try Quotes.find(quoting, in: $0)?.state } == .revoked)
        #expect(try await ask(house, id, by: bob).summary == ["Reject b.example/bob"])
    }

    // MARK: - The owner quotes

    @Test func `the author is asked with the post itself, once`() async throws {
        let house = try await Household()
        let bob = try await house.neighbour("bob")
        let quoted = try await house.theirs(bob, "https://b.example/posts/1")
        let id = try await house.publish { id, tx in
            try Quotes.save(
                Quote(
                    status: id, quoted: quoted, quotedURI: "https://b.example/posts/1", state: .pending,
                    checkedAt: Household.start), in: tx)
        }
        let sent = try await house.sent()
        #expect(sent.summary == ["QuoteRequest b.example/bob"])
        let request = try #require(sent.first)
        #expect(request.object?.string == "https://b.example/posts/1")
        #expect(request.document["instrument"]?["id"]?.string == house.identity.status(id))
        #expect(try house.read { try Quotes.find(id, in: $0)?.request } == request.document["id"]?.string)
        try await house.act { outbox, tx in try outbox.edit(id, in: tx) }
        #expect(try await !house.sent().contains { $0.kind == "QuoteRequest" })
    }

    @Test func `the owner asks nobody to quote themselves`() async throws {
        let house = try await Household()
        let quoted = try await house.post()
        let id = try await house.publish { id, tx in
            try Quotes.save(
                Quote(
                    status: id, quoted: quoted, quotedURI: "x", state: .pending, checkedAt: Household.start),
                in: tx)
        }
        #expect(try await house.sent().isEmpty)
        #expect(try house.read { try Quotes.find(id, in: $0)?.state } == .accepted)
    }
}
