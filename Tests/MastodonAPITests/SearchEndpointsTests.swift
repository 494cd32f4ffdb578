import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct SearchEndpointsTests {
    @Test func `people, posts and hashtags are found, and all three keys are always there`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let post = try await house.post("about %23Cats and %23catnip", token: token)
        try await house.index()
        let cases: [(String, [String], [String], [String])] = [
            ("bo", [bob.description], [], []),
            ("@bob@far.example", [bob.description], [], []),
            ("cat", [], [], ["cats", "catnip"]),
            ("%23Cats", [], [post.description], ["cats"]),
            ("about", [], [post.description], []),
            ("about&type=accounts", [], [], []),
            ("about&type=nonsense", [], [], []),
            ("bo&type=statuses", [], [], []),
            ("cat&type=accounts", [], [], []),
            ("https://home.example/@ada/\(post)", [], [post.description], []),
            ("https://home.example/users/ada/statuses/\(post)&resolve=true", [], [post.description], []),
            ("https://far.example/users/bob", [bob.description], [], []),
            ("https://far.example/@bob", [bob.description], [], []),
            ("https://far.example/@bob/&resolve=true", [bob.description], [], []),
            ("https://home.example/@bob@far.example", [bob.description], [], []),
            ("https://home.example/@ada/\(post)%23top", [], [post.description], []),
            ("https://home.example/@ada/\(post)&type=accounts", [], [], []),
            ("bob@far.example&resolve=true", [bob.description], [], []),
            ("@ada", [house.identity.owner.description], [], []),
            ("ada@home.example&resolve=true", [house.identity.owner.description], [], []),
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
        try await house.index()
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

    @Test func `words, phrases and operators find posts`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("a red boat on the lake", token: token)
        let link = #"<p>The <b>boat</b> is red: <a href="https://far.example/x">x</a></p>"#
        let theirs = try await house.makeStatus(by: bob, link)
        let reply = try await house.makeStatus(
            by: bob, "<p>東京都のボート boat</p>", visibility: .private, inReplyTo: own)
        try await house.store.write { tx in try Bookmarks.insert(theirs, in: tx) }
        try await house.index()
        let cases: [(String, [StatusID])] = [
            ("boat", [reply, theirs, own]), ("BOAT%20red", [theirs, own]), ("%22red%20boat%22", [own]),
            ("boat%20-red", [reply]), ("boat%20-%22red%20boat%22", [reply, theirs]),
            ("%E6%9D%B1%E4%BA%AC", [reply]), ("%E9%83%BD", [reply]), ("%E4%BA%AC%E6%9D%B1", []),
            ("boat%20from:me", [own]), ("from:@ada", [own]),
            ("boat%20from:bob@far.example", [reply, theirs]),
            ("boat%20-from:me", [reply, theirs]), ("boat%20from:nobody", []),
            ("boat%20-from:nobody", [reply, theirs, own]),
            ("boat%20is:reply", [reply]), ("boat%20has:link", [theirs]),
            ("boat%20in:library", [theirs, own]),
            ("boat%20in:public", [theirs, own]), ("boat%20before:2020-01-01", []),
            ("boat%20after:2020-01-01&limit=1", [reply]),
            ("boat%20during:2025-10-09", [reply, theirs, own]),
            ("boat&account_id=\(bob)", [reply, theirs]), ("boat&account_id=x", []), ("boat&account_id=1", []),
            ("boat&max_id=\(reply)", [theirs, own]), ("boat&min_id=\(own)", [reply, theirs]),
            ("boat&type=statuses&offset=1&limit=1", [theirs]), ("boat&type=statuses&offset=3", []),
            ("boat&offset=1", [reply, theirs, own]),
            ("boat&following=true&exclude_unreviewed=true", [reply, theirs, own]),
        ]
        for (query, posts) in cases {
            let json = try await house.get("/api/v2/search?q=\(query)", token).json
            #expect(
                json["statuses"]?.elements.compactMap { $0["id"]?.string } == posts.map(\.description),
                "\(query)")
        }
    }

    @Test func `what somebody blocked or muted wrote is not found by its words`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let post = try await house.makeStatus(by: bob, "<p>noise</p>")
        try await house.index()
        #expect(try await house.get("/api/v2/search?q=noise", token).json["statuses"]?.elements.count == 1)
        #expect(try await house.post("/api/v1/accounts/\(bob)/mute", token).status == 200)
        #expect(try await house.get("/api/v2/search?q=noise", token).json["statuses"]?.elements.count == 0)
        let byAddress = try await house.get("/api/v2/search?q=https://far.example/posts/\(post)", token).json
        #expect(byAddress["statuses"]?.elements.count == 1)
    }

    @Test func `bad input never fails`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.post("something", token: token)
        try await house.index()
        let queries = [
            String(repeating: "q", count: 6_000), String(repeating: "%22", count: 1_000), "%22", "%22%22",
            "!!!", "%F0%9F%99%82",
            "a%00b", "%00", "-", "-a", "NEAR(", "*", "text:x", "a%20AND", "(", "from:", "from:@", "from:@@",
            "@", "@@", "%23",
            "%25", "https://", "http://%20", "https://far.example", "@a@b@c", "a@", "%E2%80%9C",
            "before:0000-00-00", "before:9999-12-31",
            "%FF%FE", "https://home.example/@ada/99999999999999999999",
        ]
        for query in queries {
            for more in [
                "", "&resolve=true", "&limit=-1", "&limit=1000000000", "&type=statuses&offset=1000000000",
                "&limit=x&offset=-1&max_id=x&min_id=-1",
            ] {
                let answer = try await house.get("/api/v2/search?q=\(query)\(more)", token)
                #expect(answer.status == 200, "\(query)\(more)")
                let json = try answer.json
                #expect(
                    json["accounts"]?.kind == .array && json["statuses"]?.kind == .array
                        && json["hashtags"]?.kind == .array)
            }
            #expect(try await house.get("/api/v1/accounts/search?q=\(query)", token).status == 200)
        }
        for query in ["", "?q=", "?q=%20", "?type=accounts"] {
            #expect(try await house.get("/api/v2/search\(query)", token).status == 400)
            #expect(try await house.get("/api/v1/accounts/search\(query)", token).status == 400)
        }
    }

    @Test func `a visitor finds the owner and the owner's open posts by address, and nothing else`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let open = try await house.post("%23tag open", token: token)
        let closed = try await house.post("closed", token: token, "visibility=private")
        let theirs = try await house.makeStatus(by: bob)
        try await house.index()
        let cases: [(String, [String], [String])] = [
            ("ada", [house.identity.owner.description], []),
            ("@ada@home.example", [house.identity.owner.description], []),
            ("https://home.example/@ada", [house.identity.owner.description], []), ("bob", [], []),
            ("open", [], []), ("tag", [], []),
            ("https://far.example/users/bob", [], []), ("https://far.example/posts/\(theirs)", [], []),
            ("https://home.example/@ada/\(open)", [], [open.description]),
            ("https://home.example/@ada/\(closed)", [], []),
        ]
        for (query, people, posts) in cases {
            let json = try await house.get("/api/v2/search?q=\(query)").json
            #expect(json["accounts"]?.elements.compactMap { $0["id"]?.string } == people, "\(query)")
            #expect(json["statuses"]?.elements.compactMap { $0["id"]?.string } == posts, "\(query)")
            #expect(json["hashtags"]?.elements.count == 0)
        }
        #expect(try await house.get("/api/v2/search?q=a&resolve=true").status == 401)
        #expect(try await house.get("/api/v2/search?q=a&offset=1").status == 401)
        #expect(try await house.get("/api/v2/search?q=a", "wrong").status == 401)
        #expect(try await house.get("/api/v2/search?q=a", house.token("write")).status == 403)
        #expect(try await house.get("/api/v1/accounts/search?q=a").status == 401)
    }
}
