import ActivityPub
import Federation
import HTTP
import JSON
import Testing

struct FollowersSynchronizationEndpointTests {
    private static let path = "/users/me/followers_synchronization"

    private func asking(_ house: Household, check: SenderCheck? = Signed.check) -> Asking {
        Asking(
            routes: CollectionEndpoints(
                identity: house.identity, store: house.store, shield: house.shield, check: check
            ).routes)
    }

    @Test func `a server learns who follows from there, and nothing of others`() async throws {
        let house = try await Household()
        for (name, host) in [
            ("a", "b.example"), ("b", "b.example"), ("c", "b.example.org"), ("d", "xb.example"),
        ] {
            _ = try await house.neighbour(name, at: host, follows: true)
        }
        _ = try await house.neighbour("e")
        let response = try await asking(house).get(Self.path, signedBy: "https://b.example/actor")
        #expect(response.status == .ok && response.fields["Cache-Control"] == "private, no-store")
        let document = try Document(response.bytes).root
        #expect(document["id"]?.string == "https://islet.example" + Self.path)
        #expect(document["type"]?.string == "OrderedCollection")
        #expect(
            document["orderedItems"]?.ids() == ["https://b.example/users/a", "https://b.example/users/b"])
    }

    @Test func `whoever does not sign is asked to`() async throws {
        let house = try await Household()
        let responses = [
            try await asking(house).get(Self.path),
            try await asking(house).get(Self.path, signedBy: "broken"),
            try await asking(house, check: nil).get(Self.path, signedBy: "https://b.example/actor"),
        ]
        for response in responses {
            #expect(response.status == .unauthorized && response.fields["Accept-Signature"] != nil)
        }
    }
}
