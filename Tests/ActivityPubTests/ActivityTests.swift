import JSON
import Testing

@testable import ActivityPub

struct ActivityTests {
    @Test func `the envelope is read`() throws {
        let activity = try #require(
            Activity(
                try json(
                    """
                    {"id": "https://a.example/1", "type": "as:Create", "actor": {"id": "https://a.example/u"},
                     "published": "2024-01-02T03:04:05Z", "to": "as:Public", "cc": ["https://a.example/f"],
                     "bto": "https://b.example/1", "bcc": ["https://b.example/2", "Public"],
                     "target": {"id": "https://a.example/t"}, "object": {"id": "https://a.example/o", "type": "Note"}}
                    """)))
        #expect(activity.id == "https://a.example/1")
        #expect(activity.type == "Create")
        #expect(activity.actor == "https://a.example/u")
        #expect(activity.published == 1_704_164_645_000)
        #expect(activity.to == [Vocabulary.everybody])
        #expect(activity.cc == ["https://a.example/f", "https://b.example/1", "https://b.example/2"])
        #expect(activity.target == "https://a.example/t")
        #expect(activity.objectID == "https://a.example/o")
        #expect(activity.isObjectEmbedded)
    }

    @Test(arguments: [
        (#""https://a.example/o""#, "https://a.example/o", false),
        (#"["https://a.example/o", "https://a.example/p"]"#, "https://a.example/o", false),
        (#"[null, {"id": "https://a.example/o"}]"#, "https://a.example/o", true),
        (#"{"type": "Note"}"#, nil, true), ("null", nil, false), ("5", nil, false),
    ])
    func `the object is an id, embedded, or the first of several`(
        source: String, id: String?, isEmbedded: Bool
    ) throws {
        let activity = try #require(
            Activity(
                try json("{\"type\": \"Like\", \"actor\": \"https://a.example/u\", \"object\": \(source)}")))
        #expect(activity.objectID == id)
        #expect(activity.isObjectEmbedded == isEmbedded)
    }

    @Test(arguments: [
        "{}", "[]", "null", #"{"type": "Like"}"#, #"{"actor": "https://a.example/u"}"#,
        #"{"type": [], "actor": "https://a.example/u"}"#, #"{"type": "Like", "actor": {}}"#,
    ])
    func `without type or actor there is no activity`(source: String) throws {
        #expect(Activity(try json(source)) == nil)
    }

    @Test func `an id may be missing or null`() throws {
        let source = #"{"type": "Add", "actor": "https://a.example/u", "id": null}"#
        #expect(Activity(try json(source))?.id == nil)
    }

    @Test(
        .enabled(if: Samples.areThere, "the folder of samples is not there"),
        arguments: [
            (
                "mastodon/soapbox-pub.fixtures.mastodon-follow-activity.json", "Follow",
                "http://localtesting.pleroma.lol/users/lain"
            ),
            (
                "mastodon/soapbox-pub.fixtures.mastodon-undo-like.json", "Undo",
                "http://mastodon.example.org/users/admin#likes/2"
            ),
            (
                "mastodon/soapbox-pub.fixtures.mastodon-delete.json", "Delete",
                "http://mastodon.example.org/users/gargron/statuses/99620895606148759"
            ),
            (
                "lemmy/LemmyNet.community.announce_create_page.json", "Announce",
                "http://enterprise.lemmy.ml/activities/create/2807c9ec-3ad8-4859-a9e0-28b59b6e499f"
            ),
            (
                "peertube/LemmyNet.activities.announce_video.json", "Announce",
                "https://tilvids.com/videos/watch/e7946124-7b72-4ad7-9d22-844a84bb2de1"
            ),
            (
                "pleroma/LemmyNet.activities.delete.json", "Delete",
                "https://greenish.red/objects/38e2b983-ebf5-4387-9bc2-3b80305469c9"
            ),
            (
                "wordpress/LemmyNet.activities.announce.json", "Announce",
                "https://pfefferle.org/lemmy-part-4/#activity"
            ),
            (
                "misskey/soapbox-pub.fixtures.misskey-like.json", "Like",
                "https://testing.pleroma.lol/objects/c331bbf7-2eb9-4801-a709-2a6103492a5a"
            ),
        ])
    func `activities of other software are read`(path: String, type: String, object: String) throws {
        let activity = try #require(Activity(try Samples.value(path)))
        #expect(activity.type == type)
        #expect(activity.objectID == object)
    }
}
