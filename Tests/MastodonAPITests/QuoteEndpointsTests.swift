import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@Suite struct QuoteEndpointsTests {
    /// A post of somebody else's, with what its author lets others do.
    private func makeQuotable(
        in house: House, by actor: ActorID, automatic: InteractionRights.People = .everybody,
        manual: InteractionRights.People = [], visibility: Visibility = .public
    ) async throws -> StatusID {
        let id = try await house.makeStatus(by: actor, visibility: visibility)
        try await house.store.write { tx in
            var rights = InteractionRights()
            rights[.quote] = (automatic, manual)
            try Statuses.setRights(rights, of: id, in: tx)
        }
        return id
    }

    private func quote(
        _ quoted: StatusID?, in status: StatusID, _ state: Quote.State, _ house: House
    ) async throws {
        let now = house.time.now
        try await house.store.write { tx in
            try Quotes.save(
                Quote(
                    status: status, quoted: quoted, quotedURI: "https://far.example/q", state: state,
                    checkedAt: now), in: tx)
        }
    }

    @Test func `quoting asks the author, quoting oneself does not`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let theirs = try await makeQuotable(in: house, by: bob)
        let asked = try await house.post("/api/v1/statuses", token, "status=x&quoted_status_id=\(theirs)")
            .json
        #expect(asked["quote"]?["state"]?.string == "pending")
        #expect(asked["quote"]?["quoted_status"]?.isNull == true)
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
        let own = try await house.post("mine", token: token)
        let boost = try await house.makeStatus(by: bob, reblogOf: own)
        let json = try await house.post("/api/v1/statuses", token, "quoted_status_id=\(boost)").json
        #expect(json["quote"]?["state"]?.string == "accepted")
        #expect(json["quote"]?["quoted_status"]?["id"]?.string == own.description)
        #expect(json["quote"]?["quoted_status"]?["quote"]?.isNull == true)
        #expect(try await house.get("/api/v1/statuses/\(own)").json["quotes_count"]?.int == 1)
        #expect(
            try await house.get("/api/v1/statuses/\(own)/quotes").ids == [try #require(json["id"]?.string)])
        #expect(try house.store.read { try Deliveries.count(in: $0) } == 1)
    }

    @Test func `who may quote is told beforehand and kept to`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let fan = try await house.makeActor("fan")
        let idol = try await house.makeActor("idol")
        let now = house.time.now
        try await house.store.write { tx in
            _ = try Followers.insert(fan, uri: "f", owner: house.identity.owner, in: tx)
            try Following.request(idol, uri: "g", reblogs: true, notify: false, in: tx)
            _ = try Following.accept(idol, owner: house.identity.owner, in: tx)
            _ = try Blocks.insert(
                try Actors.stub(
                    uri: "https://far.example/users/eve", username: "eve", domain: "far.example", url: nil,
                    at: now, in: tx), uri: "b", in: tx)
        }
        let eve = try #require(
            try house.store.read { try Actors.id(forURI: "https://far.example/users/eve", in: $0) })
        let cases: [(StatusID, String, [String], Int)] = [
            (try await makeQuotable(in: house, by: bob), "automatic", ["public"], 200),
            (try await makeQuotable(in: house, by: bob, automatic: []), "denied", [], 404),
            (
                try await makeQuotable(in: house, by: bob, automatic: [], manual: .everybody), "manual", [],
                200
            ),
            (try await makeQuotable(in: house, by: bob, automatic: .followers), "denied", ["followers"], 404),
            (
                try await makeQuotable(in: house, by: idol, automatic: .followers), "automatic",
                ["followers"], 200
            ),
            (
                try await makeQuotable(in: house, by: fan, automatic: .following), "automatic", ["following"],
                200
            ),
            (
                try await makeQuotable(in: house, by: idol, automatic: .following), "denied", ["following"],
                404
            ),
            (try await makeQuotable(in: house, by: bob, visibility: .private), "denied", [], 404),
            (try await house.makeStatus(by: bob), "denied", [], 404),
            (try await makeQuotable(in: house, by: eve), "automatic", ["public"], 404),
        ]
        for (number, (id, answer, automatic, status)) in cases.enumerated() {
            let approval = try await house.get("/api/v1/statuses/\(id)", token).json["quote_approval"]
            #expect(approval?["current_user"]?.string == answer, "\(number)")
            #expect(approval?["automatic"]?.elements.compactMap(\.string) == automatic, "\(number)")
            let posted = try await house.post("/api/v1/statuses", token, "status=x&quoted_status_id=\(id)")
            #expect(posted.status == status, "\(number)")
        }
    }

    @Test func `a quote of a post for followers is for followers, a message quotes whom it names`()
        async throws
    {
        let house = try await House.make()
        let token = try await house.token()
        let secret = try await house.post("secret", token: token, "visibility=private")
        let direct = try await house.post("direct", token: token, "visibility=direct")
        let theirs = try await makeQuotable(in: house, by: house.makeActor())
        let json = try await house.post("/api/v1/statuses", token, "status=x&quoted_status_id=\(secret)").json
        #expect(json["visibility"]?.string == "private")
        #expect(
            try await house.post("/api/v1/statuses", token, "status=x&quoted_status_id=\(direct)").status
                == 404)
        let message = "visibility=direct&quoted_status_id=\(theirs)&status="
        #expect(try await house.post("/api/v1/statuses", token, message + "x").status == 422)
        #expect(try await house.post("/api/v1/statuses", token, message + "@bob@far.example").status == 200)
    }

    @Test(
        arguments: [
            (Quote.State.pending, "pending"), (.rejected, "rejected"), (.revoked, "revoked"),
            (.accepted, "accepted"), (.unstated, nil),
        ] as [(Quote.State, String?)])
    func `a quote is shown with the consent of its author only, and then without the link in the text`(
        state: Quote.State, name: String?
    ) async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let quoted = try await house.makeStatus(by: bob, "<p>Wise</p>")
        let fallback = "<p class=\"quote-inline\">RE: <a href=\"https://far.example/q\">q</a></p>"
        let id = try await house.makeStatus(by: bob, fallback + "<p>Look</p>")
        try await quote(quoted, in: id, state, house)
        let json = try await house.get("/api/v1/statuses/\(id)", token).json
        #expect(json["quote"]?["state"]?.string == name)
        let isShown = state == .accepted
        #expect((json["quote"]?["quoted_status"]?["content"]?.string == "<p>Wise</p>") == isShown)
        #expect(json["content"]?.string == (isShown ? "" : fallback) + "<p>Look</p>")
        #expect(
            try await house.get("/api/v1/statuses/\(quoted)", token).json["quotes_count"]?.int
                == (isShown ? 1 : 0))
    }

    @Test func `what is gone or not for the reader is not shown, and nothing is nested twice`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let first = try await house.makeStatus(by: bob)
        let second = try await house.makeStatus(by: bob)
        let third = try await house.makeStatus(by: house.identity.owner)
        try await quote(first, in: second, .accepted, house)
        try await quote(second, in: third, .accepted, house)
        let path = "/api/v1/statuses/\(third)"
        let inner = try await house.get(path, token).json["quote"]?["quoted_status"]?["quote"]
        #expect(inner?["state"]?.string == "accepted")
        #expect(inner?["quoted_status_id"]?.string == first.description)
        #expect(inner?["quoted_status"] == nil)
        try await house.store.write { tx in try Mutes.insert(bob, notifications: false, until: nil, in: tx) }
        #expect(try await house.get(path, token).json["quote"]?["state"]?.string == "unauthorized")
        try await house.store.write { tx in
            try Mutes.remove(bob, in: tx)
            try Statuses.delete(second, in: tx)
        }
        #expect(try await house.get(path, token).json["quote"]?["state"]?.string == "deleted")
        let secret = try await house.makeStatus(by: bob, visibility: .private)
        try await quote(secret, in: third, .accepted, house)
        #expect(try await house.get(path, token).json["quote"]?["state"]?.string == "accepted")
        #expect(try await house.get(path).json["quote"]?["state"]?.string == "unauthorized")
    }

    @Test func `the owner decides who may quote, at first and later`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.post("x", token: token, "quote_approval_policy=followers")
        func approval() async throws -> [String]? {
            try await house.get("/api/v1/statuses/\(id)", token).json["quote_approval"]?["automatic"]?
                .elements.compactMap(\.string)
        }
        #expect(try await approval() == ["followers"])
        let path = "/api/v1/statuses/\(id)/interaction_policy"
        let json = try await house.send(.put, path, token, #"{"quote_approval_policy":"nobody"}"#).json
        #expect(json["quote_approval"]?["automatic"]?.elements.isEmpty == true)
        #expect(json["quote_approval"]?["current_user"]?.string == "automatic")
        #expect(json["edited_at"]?.isNull == true)
        #expect(try await house.send(.put, "/api/v1/statuses/\(id)", token, "status=y").status == 200)
        #expect(try await approval() == [], "an edit that does not name it leaves it")
        #expect(try await house.send(.patch, path, token, "quote_approval_policy=public").status == 200)
        #expect(try await approval() == ["public"])
        #expect(try await house.send(.put, path, token, "quote_approval_policy=x").status == 422)
        #expect(try await house.send(.put, path, token, "").status == 422)
        let other = try await house.makeStatus(by: house.makeActor())
        let foreign = "/api/v1/statuses/\(other)/interaction_policy"
        #expect(try await house.send(.put, foreign, token, "quote_approval_policy=public").status == 404)
    }

    @Test func `leave to quote can be taken back`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let own = try await house.post("mine", token: token)
        let quoting = try await house.makeStatus(by: bob)
        try await quote(own, in: quoting, .accepted, house)
        try await house.store.write { tx in
            let uri = try #require(try Statuses.find(quoting, in: tx)?.uri)
            try QuoteAuthorizations.save(
                QuoteAuthorization(
                    id: 1, status: own, actor: bob, interacting: uri, request: "https://far.example/r",
                    state: .approved), in: tx)
        }
        let path = "/api/v1/statuses/\(own)/quotes"
        #expect(try await house.get(path, token).ids == [quoting.description])
        let json = try await house.post("\(path)/\(quoting)/revoke", token).json
        #expect(json["id"]?.string == quoting.description)
        #expect(json["quote"]?["state"]?.string == "revoked")
        #expect(try await house.get(path, token).text == "[]")
        #expect(try await house.post("\(path)/\(own)/revoke", token).status == 404)
        let theirs = try await house.makeStatus(by: bob)
        try await quote(theirs, in: quoting, .accepted, house)
        #expect(
            try await house.post("/api/v1/statuses/\(theirs)/quotes/\(quoting)/revoke", token).status == 403)
    }

    @Test(arguments: [(Storage.Notification.Kind.quote, "quote"), (.quotedUpdate, "quoted_update")])
    func `quotes are notifications with the post`(kind: Storage.Notification.Kind, name: String) async throws
    {
        let house = try await House.make()
        let bob = try await house.makeActor()
        let id = try await house.makeStatus(by: bob)
        try await house.notify(kind, from: bob, id)
        let json = try await house.get("/api/v1/notifications", house.token()).json.elements.first
        #expect(json?["type"]?.string == name)
        #expect(json?["status"]?["id"]?.string == id.description)
    }
}
