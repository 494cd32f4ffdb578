import JSON
import Testing

@testable import ActivityPub

struct ActorDocumentTests {
    private static let minimal =
        #""id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/i", "preferredUsername": "u""#

    private func read(_ more: String) throws -> ActorDocument {
        try ActorDocument(
            json("{\(Self.minimal)\(more.isEmpty ? "" : ", ")\(more)}"), id: "https://a.example/u")
    }

    @Test func `id, type, inbox and name are enough`() throws {
        let actor = try read("")
        #expect(actor.id == "https://a.example/u")
        #expect(actor.type == "Person")
        #expect(actor.inbox == "https://a.example/i")
        #expect(actor.preferredUsername == "u")
        #expect(actor.publicKey == nil && actor.url == nil && actor.sharedInbox == nil && actor.name == nil)
        #expect(actor.fields.isEmpty && actor.emojis.isEmpty && actor.alsoKnownAs.isEmpty)
        #expect(!actor.locked && !actor.discoverable && !actor.indexable && !actor.suspended)
    }

    @Test(arguments: [
        ("[]", ActorDocumentError.notAnObject),
        (#"{"type": "Person"}"#, .otherID(nil)),
        (#"{"id": "https://b.example/u", "type": "Person"}"#, .otherID("https://b.example/u")),
        (#"{"id": "https://a.example/u", "type": "Note"}"#, .notAnActor),
        (#"{"id": "https://a.example/u", "type": "Person"}"#, .noInbox),
        (#"{"id": "https://a.example/u", "type": "Person", "inbox": "nowhere"}"#, .noInbox),
        (#"{"id": "https://a.example/u", "type": "Person", "inbox": "https://a.example/i"}"#, .noName),
    ])
    func `what is not the actor asked for is refused with the reason`(
        source: String, error: ActorDocumentError
    ) throws {
        let value = try json(source)
        #expect(throws: error) { try ActorDocument(value, id: "https://a.example/u") }
    }

    @Test func `everything that is said is read`() throws {
        let actor = try read(
            """
            "name": "U", "summary": "<p>x</p>", "webfinger": "u@a.example", "outbox": "https://a.example/o",
            "followers": "https://a.example/fs", "following": "https://a.example/fg", "toot:featured": {"id": "https://a.example/ft"},
            "endpoints": {"sharedInbox": "https://a.example/shared"}, "manuallyApprovesFollowers": true,
            "toot:discoverable": true, "indexable": true, "suspended": true, "published": "2020-01-01T00:00:00Z",
            "movedTo": {"id": "https://b.example/u"}, "alsoKnownAs": "https://c.example/u",
            "icon": [{"type": "Image", "url": "https://a.example/i.png"}], "image": {"type": "Link", "href": "https://a.example/h.png"},
            "attachment": [{"type": "PropertyValue", "name": "n", "value": "<b>v</b>"}, {"type": "schema:PropertyValue", "name": "m", "schema:value": "w"}],
            "tag": {"type": "Emoji", "name": ":blob:", "icon": {"url": "https://a.example/b.png"}}
            """)
        #expect(actor.name == "U" && actor.summary == "<p>x</p>" && actor.webfinger == "u@a.example")
        #expect(actor.outbox == "https://a.example/o" && actor.followers == "https://a.example/fs")
        #expect(actor.following == "https://a.example/fg" && actor.featured == "https://a.example/ft")
        #expect(actor.sharedInbox == "https://a.example/shared")
        #expect(actor.locked && actor.discoverable && actor.indexable && actor.suspended)
        #expect(actor.published == 1_577_836_800_000)
        #expect(actor.movedTo == "https://b.example/u" && actor.alsoKnownAs == ["https://c.example/u"])
        #expect(actor.icon == "https://a.example/i.png" && actor.image == "https://a.example/h.png")
        #expect(actor.fields.map(\.name) == ["n", "m"] && actor.fields.map(\.value) == ["<b>v</b>", "w"])
        #expect(
            actor.emojis.map(\.shortcode) == ["blob"]
                && actor.emojis.map(\.url) == ["https://a.example/b.png"])
    }

    @Test func `a shared inbox or a page on another host is not taken over`() throws {
        let actor = try read(
            #""endpoints": {"sharedInbox": "https://b.example/i"}, "url": "https://b.example/@u""#)
        #expect(actor.sharedInbox == nil)
        #expect(actor.url == nil)
    }

    @Test func `a name from webfinger alone is enough`() throws {
        let value = try json(
            #"{"id": "https://a.example/u", "type": ["x:Y", "as:Service"], "inbox": "https://a.example/i", "webfinger": "u@a.example"}"#
        )
        let actor = try ActorDocument(value, id: "https://A.example/u")
        #expect(actor.preferredUsername == "" && actor.type == "Service")
    }

    @Test(arguments: [
        ("u@a.example", "u@a.example"), ("acct:u@A.example", "u@a.example"), ("@u@a.example", "u@a.example"),
        ("ACCT:u@b\u{fc}cher.example", "u@xn--bcher-kva.example"), ("u", nil), ("", nil),
        ("https://a.example/u", nil),
    ])
    func `the handle is name and host`(text: String, expected: String?) throws {
        #expect(try read("\"webfinger\": \"\(text)\"").webfinger == expected)
    }

    @Test func `featured tags and the hosts that may credit are read`() throws {
        let actor = try read(
            #""featuredTags": {"id": "https://a.example/tags"}, "toot:attributionDomains": ["News.example", 5, "b\u00fccher.example", "a b", null]"#
        )
        #expect(actor.featuredTags == "https://a.example/tags")
        #expect(actor.attributionDomains == ["news.example", "xn--bcher-kva.example"])
        #expect(try read(#""attributionDomains": "news.example""#).attributionDomains == ["news.example"])
    }

    @Test func `endpoints may be a list, or an address that says nothing`() throws {
        let list = try read(#""endpoints": [{"sharedInbox": "https://a.example/shared"}]"#)
        #expect(list.sharedInbox == "https://a.example/shared")
        #expect(try read(#""endpoints": "https://a.example/endpoints""#).sharedInbox == nil)
        let old = try read(#""endpoints": null, "sharedInbox": "https://a.example/shared""#)
        #expect(old.sharedInbox == "https://a.example/shared")
    }

    @Test(arguments: [
        #"{"type": "PropertyValue", "name": "n", "value": "v"}"#,
        #"[{"type": "schema:PropertyValue", "name": "n", "schema:value": "v"}]"#,
        #"[{"@type": "http://schema.org#PropertyValue", "name": ["n"], "http://schema.org#value": "v"}]"#,
        #"[{"type": ["http://schema.org/PropertyValue"], "nameMap": {"en": "n"}, "http://schema.org/value": {"@value": "v"}}]"#,
        #"[null, {"type": "PropertyValue", "name": "n"}, {"type": "PropertyValue", "name": "n", "value": ["v"]}]"#,
    ])
    func `a field is read in every spelling`(attachment: String) throws {
        let actor = try read("\"attachment\": \(attachment)")
        #expect(actor.fields.map(\.name) == ["n"] && actor.fields.map(\.value) == ["v"])
    }

    @Test func `fifty fields are read and no more`() throws {
        let field = #"{"type": "PropertyValue", "name": "n", "value": "v"}"#
        let list = Array(repeating: field, count: 60).joined(separator: ",")
        #expect(try read("\"attachment\": [\(list)]").fields.count == 50)
    }

    @Test func `a document is an actor's by its type`() throws {
        #expect(ActorDocument.isActor(try json(#"{"type": ["Group"]}"#)))
        #expect(!ActorDocument.isActor(try json(#"{"type": "Note"}"#)))
    }

    struct Expectation: Sendable {
        let path: String
        let type: String
        let username: String
        let key: String?
        var shared: String?
        var isEmbedded = false
        var fields = 0
        var locked = false
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            Expectation(
                path: "guppe/soapbox-pub.fixtures.guppe-actor.json", type: "Group", username: "Bernie2020",
                key: "https://gup.pe/u/bernie2020#main-key"),
            Expectation(
                path: "lemmy/LemmyNet.objects.group.json", type: "Group", username: "tenforward",
                key: "https://enterprise.lemmy.ml/c/tenforward#main-key",
                shared: "https://enterprise.lemmy.ml/inbox"),
            Expectation(
                path: "lemmy/LemmyNet.objects.instance.json", type: "Application",
                username: "enterprise.lemmy.ml",
                key: "https://enterprise.lemmy.ml/#main-key"),
            Expectation(
                path: "lemmy/LemmyNet.objects.person.json", type: "Person", username: "picard",
                key: "https://enterprise.lemmy.ml/u/picard#main-key",
                shared: "https://enterprise.lemmy.ml/inbox"),
            Expectation(
                path: "lemmy/LemmyNet.community.update_community.json", type: "Group", username: "main",
                key: "http://enterprise.lemmy.ml/c/main#main-key", shared: "http://enterprise.lemmy.ml/inbox",
                isEmbedded: true),
            Expectation(
                path: "mastodon/BDX-town.mastodon.service_actor.json", type: "Service", username: "fediverse",
                key: "https://mastodont.cat/users/fediverse#main-key", shared: "https://mastodont.cat/inbox",
                fields: 3),
            Expectation(
                path: "mastodon/BDX-town.microblogpub.user_with_invalid_also_known_as.json", type: "Person",
                username: "MBP", key: nil, shared: "https://mbp.example.com/inbox"),
            // Its key says that it belongs to somebody else.
            Expectation(
                path:
                    "mastodon/BDX-town.tesla_mock.evil_remote.example_with_keyid_from_admin_mastdon.example.org.json",
                type: "Person", username: "evil", key: nil, shared: "http://remote.example/inbox"),
            Expectation(
                path: "mastodon/BDX-town.users_mock.takahe_user.json", type: "Person", username: "vote",
                key: "https://fedi.vision/@vote@fedi.vision/#main-key", shared: "https://fedi.vision/inbox/",
                fields: 1),
            Expectation(
                path: "mastodon/BDX-town.users_mock.nonsense_attachment_user.json", type: "Person",
                username: "vote",
                key: "https://fedi.vision/@vote@fedi.vision/#main-key", shared: "https://fedi.vision/inbox/"),
            Expectation(
                path: "mastodon/LemmyNet.objects.person.json", type: "Person", username: "mastodon",
                key: "https://masto.qa.urbanwildlife.biz/users/mastodon#main-key",
                shared: "https://masto.qa.urbanwildlife.biz/inbox"),
            Expectation(
                path: "mastodon/soapbox-pub.fetch_mocks.tuxcrafting.json", type: "Person",
                username: "tuxcrafting",
                key: "https://busshi.moe/users/tuxcrafting#main-key", shared: "https://busshi.moe/inbox",
                locked: true),
            Expectation(
                path: "mastodon/soapbox-pub.fixtures.mastodon-update.json", type: "Person",
                username: "gargron",
                key: "http://mastodon.example.org/users/gargron#main-key",
                shared: "http://mastodon.example.org/inbox",
                isEmbedded: true, fields: 2),
            Expectation(
                path: "mastodon/soapbox-pub.tesla_mock.emelie.json", type: "Person", username: "emelie",
                key: "https://mastodon.social/users/emelie#main-key", shared: "https://mastodon.social/inbox",
                fields: 4),
            Expectation(
                path: "misskey/soapbox-pub.birthdays.misskey-user.json", type: "Person", username: "mkljczk",
                key: "https://misskey.io/users/8dhi2ne167#main-key", shared: "https://misskey.io/inbox"),
            Expectation(
                path: "misskey/soapbox-pub.tesla_mock.sjw.json", type: "Person", username: "sjw",
                key: "https://skippers-bin.com/users/7v1w1r8ce6/publickey",
                shared: "https://skippers-bin.com/inbox"),
            Expectation(
                path: "misskey/soapbox-pub.tesla_mock.mametsuko_mk.absturztau.be.json", type: "Person",
                username: "mametsuko", key: "https://mk.absturztau.be/users/8ozbzjs3o8#main-key",
                shared: "https://mk.absturztau.be/inbox", locked: true),
            Expectation(
                path: "peertube/LemmyNet.objects.group.json", type: "Group",
                username: "thelinuxexperiment_channel",
                key: "https://tilvids.com/video-channels/thelinuxexperiment_channel#main-key",
                shared: "https://tilvids.com/inbox"),
            Expectation(
                path: "peertube/soapbox-pub.peertube.actor-person.json", type: "Person",
                username: "createurs",
                key: "https://peertube.stream/accounts/createurs#main-key",
                shared: "https://peertube.stream/inbox"),
            Expectation(
                path: "pleroma/LemmyNet.objects.person.json", type: "Person", username: "lanodan",
                key: "https://queer.hacktivis.me/users/lanodan#main-key",
                shared: "https://queer.hacktivis.me/inbox"),
            Expectation(
                path: "pleroma/soapbox-pub.tesla_mock.smithereen_user.json", type: "Person",
                username: "grishka",
                key: "https://friends.grishka.me/users/1#main-key",
                shared: "https://friends.grishka.me/activitypub/sharedInbox"),
            Expectation(
                path: "wordpress/LemmyNet.objects.group.json", type: "Group", username: "dbzer0.com",
                key: "https://dbzer0.com/?author=0#main-key",
                shared: "https://dbzer0.com/wp-json/activitypub/1.0/inbox", fields: 1),
            Expectation(
                path: "wordpress/LemmyNet.objects.person.json", type: "Person", username: "matthias",
                key: "https://pfefferle.org/author/pfefferle/#main-key",
                shared: "https://pfefferle.org/wp-json/activitypub/1.0/inbox", fields: 2),
        ])
    func `profiles of other software are read`(expected: Expectation) throws {
        var value = try Samples.value(expected.path)
        if expected.isEmbedded { value = try #require(Activity(value)?.object) }
        let actor = try ActorDocument(value, id: try #require(value["id"]?.string))
        #expect(actor.type == expected.type)
        #expect(actor.preferredUsername == expected.username)
        #expect(actor.publicKey?.id == expected.key)
        #expect(actor.sharedInbox == expected.shared)
        #expect(actor.fields.count == expected.fields)
        #expect(actor.locked == expected.locked)
    }
}
