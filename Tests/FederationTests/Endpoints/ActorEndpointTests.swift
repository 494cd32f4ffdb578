import Federation
import HTTP
import JSON
import Testing

struct ActorEndpointTests {
    private func asking(_ house: Household) -> Asking {
        let documents = ActorDocuments(identity: house.identity, store: house.store, shield: house.shield)
        return Asking(routes: ActorEndpoint(identity: house.identity, documents: documents).routes)
    }

    @Test func `the owner is served at their id`() async throws {
        let asking = asking(try await Household())
        #expect(try await asking.json("/users/me")["id"]?.string == "https://islet.example/users/me")
        #expect(try await asking.json("/users/ME")["id"]?.string == "https://islet.example/users/me")
    }

    @Test func `a browser is sent to the profile`() async throws {
        let response = try await asking(try await Household()).get("/users/me", accept: "text/html")
        #expect(response.status == .found && response.fields["Location"] == "https://islet.example/@me")
        #expect(response.fields["Vary"] == "Accept")
    }

    @Test func `nobody else is here`() async throws {
        let response = try await asking(try await Household()).get("/users/you")
        #expect(response.status == .notFound)
    }

    @Test func `the actor that fetches is served whatever is asked for`() async throws {
        let asking = asking(try await Household())
        for accept in ["application/activity+json", "text/html", "*/*"] {
            #expect(
                try await asking.get("/actor", accept: accept).text.contains(
                    "https://islet.example/actor#main-key"))
        }
        #expect(try await asking.json("/actor/outbox")["totalItems"]?.int == 0)
    }
}
