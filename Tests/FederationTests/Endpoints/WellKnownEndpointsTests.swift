import ActivityPub
import Basics
import Federation
import HTTP
import JSON
import Storage
import Testing

struct WellKnownEndpointsTests {
    private func asking(_ house: Household, now: Timestamp = Household.start) -> Asking {
        let clock = Clock(now: { now }, after: { _, _ in {} })
        return Asking(
            routes: WellKnownEndpoints(
                identity: house.identity, store: house.store, shield: house.shield, version: "1.2.3",
                clock: clock
            )
            .routes)
    }

    private func ask(_ resource: String, in house: Household) async throws -> Response {
        try await asking(house).get(
            "/.well-known/webfinger?rel=self&resource=\(PercentCoding.encodeQuery(resource))", accept: nil)
    }

    @Test(arguments: [
        "acct:me@example.org", "acct:ME@Islet.Example", "me@example.org", "@me@islet.example",
        "acct:@me@example.org",
        "https://islet.example/users/me", "https://islet.example/@me", "HTTPS://islet.example/@Me",
    ])
    func `the owner is found in every form, under one handle`(resource: String) async throws {
        let response = try await ask(resource, in: try await Household(accountDomain: "example.org"))
        #expect(response.status == .ok)
        #expect(response.fields["Content-Type"] == "application/jrd+json; charset=utf-8")
        #expect(response.fields["Access-Control-Allow-Origin"] == "*")
        let answer = try #require(JRD(try Document(response.bytes).root))
        #expect(answer.subject == "acct:me@example.org" && answer.actor == "https://islet.example/users/me")
    }

    @Test func `where the owner is found is made once, and anew with another picture`() async throws {
        let house = try await Household()
        let first = try await ask("acct:me@islet.example", in: house)
        let statements = house.store.statementsRead
        for resource in ["acct:me@islet.example", "ME@islet.example", "https://islet.example/@me"] {
            #expect(try await ask(resource, in: house).bytes == first.bytes)
        }
        #expect(house.store.statementsRead == statements)
        try await house.change { $0.avatar = "b.jpg" }
        #expect(try await ask("acct:me@islet.example", in: house).text.contains("b.jpg"))
    }

    @Test(arguments: [
        "acct:islet.example@islet.example", "https://islet.example/", "https://islet.example/actor",
    ])
    func `the actor that fetches is found`(resource: String) async throws {
        let answer = JRD(try Document(try await ask(resource, in: try await Household()).bytes).root)
        #expect(answer?.subject == "acct:islet.example@islet.example")
        #expect(answer?.actor == "https://islet.example/actor" && answer?.subscribeTemplate == nil)
    }

    @Test(arguments: [
        "acct:you@islet.example", "acct:me@other.example", "https://other.example/@me",
        "https://islet.example/@you",
        "https://islet.example/users/me/statuses/1", "http://islet.example/@me",
        "https://islet.example/@me?x",
    ])
    func `nobody else is found`(resource: String) async throws {
        let response = try await ask(resource, in: try await Household())
        #expect(response.status == .notFound)
        #expect(response.fields["Access-Control-Allow-Origin"] == "*")
    }

    @Test(arguments: ["", "?resource=", "?resource=acct:", "?resource=me", "?rel=self"])
    func `trap login: WebFinger without a resource is refused, and no fault`(query: String) async throws {
        let response = try await asking(try await Household()).get(
            "/.well-known/webfinger\(query)", accept: nil)
        #expect(response.status == .badRequest)
    }

    @Test func `the picture is named when there is one`() async throws {
        let house = try await Household()
        try await house.change { $0.avatar = "a.jpg" }
        let text = try await ask("acct:me@islet.example", in: house).text
        #expect(
            text.contains(
                #"{"rel":"http://webfinger.net/rel/avatar","type":"image/jpeg","href":"https://islet.example/media/a.jpg"}"#
            ))
    }

    @Test func `host-meta leads to WebFinger in both forms`() async throws {
        let asking = asking(try await Household(accountDomain: "example.org"))
        let template = "https://islet.example/.well-known/webfinger?resource={uri}"
        let xml = try await asking.get("/.well-known/host-meta", accept: nil)
        #expect(xml.fields["Content-Type"] == "application/xrd+xml; charset=utf-8")
        #expect(WebFinger.template(inHostMeta: xml.text) == template)
        let json = try await asking.get("/.well-known/host-meta.json", accept: nil)
        #expect(try Document(json.bytes).root["links"]?.elements.first?["template"]?.string == template)
    }

    @Test func `trap 17: nodeinfo is there for scripts too, has a version x.y.z, and counts`() async throws {
        let house = try await Household()
        try await house.post()
        try await house.post(visibility: .private, minutes: 1)
        let foreign = try await house.foreignPost(by: try await house.stranger("bob"))
        try await house.post("", minutes: 2, { status, _ in status.reblogOf = foreign })
        let owner = house.identity.owner
        try await house.store.write {
            try Actors.count(owner, statuses: 2, lastStatusAt: Household.start, in: $0)
        }
        let index = try await asking(house).get("/.well-known/nodeinfo", accept: nil)
        #expect(NodeInfo.url(in: try Document(index.bytes).root) == "https://islet.example/nodeinfo/2.1")
        for (days, month, half) in [(0, 1, 1), (29, 1, 1), (31, 0, 1), (181, 0, 0)] {
            let asking = asking(house, now: Household.start + .days(days))
            for version in ["2.0", "2.1"] {
                let response = try await asking.get("/nodeinfo/\(version)", accept: nil)
                let info = try Document(response.bytes).root
                #expect(info["version"]?.string == version && info["software"]?["version"]?.string == "1.2.3")
                #expect(info["software"]?["name"]?.string == "islet")
                #expect(response.fields["Access-Control-Allow-Origin"] == "*")
                #expect(info["usage"]?["localPosts"]?.int == 1)
                #expect(info["usage"]?["users"]?["activeMonth"]?.int == month)
                #expect(info["usage"]?["users"]?["activeHalfyear"]?.int == half)
                #expect(response.fields["Content-Type"]?.contains("schema/\(version)#") == true)
            }
        }
    }
}
