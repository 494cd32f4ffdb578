import ActivityPub
import Federation
import HTTP
import JSON
import Storage
import Testing

struct QuoteStampEndpointTests {
    private func asking(_ house: Household) -> Asking {
        Asking(
            routes: ObjectEndpoint(
                identity: house.identity, store: house.store, shield: house.shield, authorizesFetch: true,
                check: Signed.check
            ).routes)
    }

    private func stamp(_ house: Household, _ state: QuoteAuthorization.State) async throws -> StatusID {
        let bob = try await house.neighbour("bob")
        return try await house.post(then: { id, tx in
            try QuoteAuthorizations.save(
                QuoteAuthorization(
                    id: 77, status: id, actor: bob, interacting: "https://b.example/posts/1",
                    request: "https://b.example/requests/1", state: state), in: tx)
        })
    }

    @Test func `a stamp is open to everybody and names both posts`() async throws {
        let house = try await Household()
        let id = try await stamp(house, .approved)
        let document = try await asking(house).json("/users/me/quote_authorizations/77")
        let read = try #require(QuoteAuthorizationDocument(document))
        #expect(read.id == "https://islet.example/users/me/quote_authorizations/77")
        #expect(read.attributedTo == house.identity.actor)
        #expect(read.interactingObject == "https://b.example/posts/1")
        #expect(read.interactionTarget == house.identity.status(id))
        let terms = try #require(document["@context"]?.elements.last)
        for name in ["QuoteAuthorization", "interactingObject", "interactionTarget"] {
            #expect(terms[name] != nil)
        }
    }

    @Test(arguments: [
        (QuoteAuthorization.State.pending, HTTP.Status.notFound), (.refused, .notFound), (.revoked, .gone),
    ])
    func `without leave there is no stamp`(state: QuoteAuthorization.State, status: HTTP.Status) async throws
    {
        let house = try await Household()
        _ = try await stamp(house, state)
        #expect(try await asking(house).get("/users/me/quote_authorizations/77").status == status)
    }

    @Test(arguments: [
        "me/quote_authorizations/78", "me/quote_authorizations/x", "you/quote_authorizations/77",
    ])
    func `what never was is not found`(path: String) async throws {
        let house = try await Household()
        _ = try await stamp(house, .approved)
        #expect(try await asking(house).get("/users/\(path)").status == .notFound)
    }
}
