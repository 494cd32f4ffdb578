import Basics
import Federation
import HTTP
import JSON
import Storage
import Testing

@Suite struct SearchEndpointsTests {
    @Test func `people, posts and hashtags are found, and all three keys are always there`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let post = try await house.post("about %23Cats and %23catnip", token: token)
        let cases: [(String, [String], [String], [String])] = [
            ("bo", [bob.description], [], []),
            ("@bob@far.example", [bob.description], [], []),
            ("cat", [], [], ["cats", "catnip"]),
            ("%23Cats", [], [], ["cats"]),
            ("cat&type=accounts", [], [], []),
            ("https://home.example/@ada/\(post)", [], [post.description], []),
            ("https://home.example/users/ada/statuses/\(post)&resolve=true", [], [post.description], []),
            ("https://far.example/users/bob", [bob.description], [], []),
            ("https://home.example/@ada&resolve=true", [house.identity.owner.description], [], []),
            ("https://gone.example/x&resolve=true", [], [], []),
            ("@nobody@gone.example&resolve=true", [], [], []),
            ("100%25_", [], [], []),
        ]
        for path in ["/api/v2/search", "/api/v1/search"] {
            for (query, people, posts, tags) in cases {
                let json = try await house.get("\(path)?q=\(query)", token).json
                #expect(json["accounts"]?.elements.compactMap { $0["id"]?.string } == people, "\(query)")
                #expect(json["statuses"]?.elements.compactMap { $0["id"]?.string } == posts, "\(query)")
                #expect(json["hashtags"]?.elements.compactMap { $0["name"]?.string } == tags, "\(query)")
            }
            #expect(try await house.get(path, token).status == 400)
        }
    }

    @Test func `completion offers those who are followed first`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor("bob1")
        let other = try await house.makeActor("bob2")
        try await house.store.write { tx in
            try Following.request(other, uri: "u", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(other, owner: house.identity.owner, in: tx)
        }
        #expect(
            try await house.get("/api/v1/accounts/search?q=bob", token).ids
                == [other, bob].map(\.description))
        #expect(
            try await house.get("/api/v1/accounts/search?q=bob&following=true", token).ids == [
                other.description
            ])
        #expect(
            try await house.get("/api/v1/accounts/search?q=bob&limit=1&offset=1", token).ids == [
                bob.description
            ])
    }
}
