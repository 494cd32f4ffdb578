import JSON
import Testing

@testable import ActivityPub

struct JRDTests {
    private func link(_ type: String, _ href: String, actor: String? = nil) -> String {
        let properties =
            actor.map { #", "properties": {"https://www.w3.org/ns/activitystreams#type": "\#($0)"}"# } ?? ""
        return #"{"rel": "self", "type": "\#(type)", "href": "\#(href)"\#(properties)}"#
    }

    @Test func `the actor is the self link of either media type`() throws {
        for type in [
            "application/activity+json", "application/activity+json; charset=utf-8",
            #"application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""#,
        ] {
            let answer = JRD(
                try json(
                    "{\"links\": [\(link("text/html", "https://a.example/p")), \(link(type, "https://a.example/u"))]}"
                ))
            #expect(answer?.actor == "https://a.example/u")
        }
    }

    @Test func `a person is preferred to a group of the same name`() throws {
        let group = link("application/activity+json", "https://a.example/c/main", actor: "Group")
        let person = link("application/activity+json", "https://a.example/u/main", actor: "Person")
        #expect(JRD(try json("{\"links\": [\(group), \(person)]}"))?.actor == "https://a.example/u/main")
        #expect(JRD(try json("{\"links\": [\(group)]}"))?.actor == "https://a.example/c/main")
    }

    @Test(arguments: [
        "{}", #"{"links": null}"#, #"{"links": [{"rel": "self"}]}"#,
        #"{"links": [{"href": "https://a.example"}]}"#,
        #"{"links": [{"rel": "self", "type": "application/ld+json", "href": "https://a.example"}]}"#,
        #"{"links": [{"rel": "self", "type": "application/activity+json", "href": ""}]}"#,
    ])
    func `an answer may name nobody`(source: String) throws {
        let answer = try #require(JRD(try json(source)))
        #expect(answer.actor == nil)
    }

    @Test func `the subject is the canonical handle`() throws {
        #expect(
            JRD(try json(#"{"subject": "acct:Me@A.example"}"#))?.account
                == .account(username: "Me", domain: "a.example"))
        #expect(JRD(try json(#"{"subject": "https://a.example/u"}"#))?.account == nil)
        #expect(JRD(try json("[]")) == nil)
    }

    @Test func `our own answer is whole`() {
        let document = JRD.document(
            subject: "acct:me@islet.example", actor: "https://islet.example/users/me",
            profile: "https://islet.example/@me",
            origin: "https://islet.example",
            avatar: (url: "https://islet.example/media/a.png", type: "image/png"))
        #expect(
            text(document) == """
                {"subject":"acct:me@islet.example","aliases":["https://islet.example/@me","https://islet.example/users/me"],\
                "links":[{"rel":"self","type":"application/activity+json","href":"https://islet.example/users/me"},\
                {"rel":"http://webfinger.net/rel/profile-page","type":"text/html","href":"https://islet.example/@me"},\
                {"rel":"http://webfinger.net/rel/avatar","type":"image/png","href":"https://islet.example/media/a.png"},\
                {"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://islet.example/authorize_interaction?uri={uri}"},\
                {"rel":"https://w3id.org/fep/3b86/Object","template":"https://islet.example/authorize_interaction?uri={object}"},\
                {"rel":"https://w3id.org/fep/3b86/Create","template":"https://islet.example/share?text={content}"}]}
                """)
    }

    @Test func `our own answer is read back`() throws {
        let document = JRD.document(
            subject: "acct:me@islet.example", actor: "https://islet.example/users/me",
            profile: "https://islet.example/@me",
            origin: "https://islet.example")
        let answer = try #require(JRD(try Document(document).root))
        #expect(answer.actor == "https://islet.example/users/me")
        #expect(answer.account == .account(username: "me", domain: "islet.example"))
        #expect(answer.subscribeTemplate == "https://islet.example/authorize_interaction?uri={uri}")
        #expect(answer.interactionTemplate == "https://islet.example/authorize_interaction?uri={uri}")
    }

    @Test func `where people go on is said in the older way or the newer one`() throws {
        let old =
            #"{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://a.example/old?{uri}"}"#
        let new = #"{"rel":"https://w3id.org/fep/3b86/Object","template":"https://a.example/new?{object}"}"#
        let odd = #"{"rel":"http://ostatus.org/schema/1.0/subscribe","template":"https://a.example/odd"}"#
        for (links, template) in [
            ([old, new], "https://a.example/old?{uri}"), ([new], "https://a.example/new?{uri}"),
            ([odd, new], "https://a.example/new?{uri}"), ([odd], nil), ([], nil),
        ] as [([String], String?)] {
            let answer = JRD(try json(#"{"links": [\#(links.joined(separator: ","))]}"#))
            #expect(answer?.interactionTemplate == template)
        }
    }

    @Test(.enabled(if: Samples.areThere, "the folder of samples is not there"))
    func `an answer of PeerTube is read`() throws {
        let answer = JRD(try Samples.value("peertube/soapbox-pub.tesla_mock.framasoft_framatube.org.json"))
        #expect(answer?.actor == "https://framatube.org/accounts/framasoft")
    }
}
