import JSON
import Testing

@testable import ActivityPub

struct NoteDocumentTests {
    private func read(_ more: String, type: String = "Note") throws -> NoteDocument? {
        let start = #""id": "https://a.example/1", "type": "\#(type)", "attributedTo": "https://a.example/u""#
        return NoteDocument(try json("{\(start)\(more.isEmpty ? "" : ", ")\(more)}"))
    }

    @Test func `id, type and author are enough`() throws {
        let note = try #require(try read(""))
        #expect(
            note.id == "https://a.example/1" && note.type == .note
                && note.attributedTo == ["https://a.example/u"])
        #expect(note.content == nil && note.summary == nil && note.published == nil && note.inReplyTo == nil)
        #expect(!note.sensitive && note.attachments.isEmpty && note.options.isEmpty)
    }

    @Test(arguments: [
        "{}", "[]", #"{"id": "x", "type": "Note"}"#, #"{"type": "Note", "attributedTo": "y"}"#,
        #"{"id": "", "type": "Note", "attributedTo": "y"}"#,
        #"{"id": "x", "type": "Tombstone", "attributedTo": "y"}"#,
        #"{"id": "x", "type": "Document", "attributedTo": "y"}"#,
        #"{"id": "x", "type": "Note", "attributedTo": []}"#,
    ])
    func `what is no post is refused`(source: String) throws {
        #expect(NoteDocument(try json(source)) == nil)
    }

    @Test func `everything that is said is read`() throws {
        let note = try #require(
            try read(
                """
                "content": "<p>x</p>", "contentMap": {"de": "<p>y</p>", "en": "<p>x</p>"}, "summary": "cw", "as:sensitive": true,
                "published": "2024-01-02T03:04:05Z", "updated": "2024-01-02T03:04:06Z", "url": ["https://a.example/@u/1"],
                "to": ["as:Public"], "cc": "https://a.example/f", "inReplyTo": {"id": "https://b.example/2"},
                "ostatus:conversation": "tag:c", "context": "https://a.example/c", "tag": [
                {"type": "Mention", "href": "https://b.example/u", "name": "@u@b.example"}, {"type": "Hashtag", "name": "#Tag"},
                {"type": "Emoji", "name": ":e:", "icon": {"url": "https://a.example/e.png"}}]
                """))
        #expect(note.content == "<p>x</p>" && note.contentLanguage == "en" && note.contentWarning == "cw")
        #expect(note.sensitive)
        #expect(note.published == 1_704_164_645_000 && note.updated == 1_704_164_646_000)
        #expect(
            note.url == "https://a.example/@u/1" && note.to == [Vocabulary.everybody]
                && note.cc == ["https://a.example/f"])
        #expect(note.inReplyTo == "https://b.example/2" && note.conversation == "tag:c")
        #expect(note.context == "https://a.example/c")
        #expect(
            note.mentions.map(\.href) == ["https://b.example/u"]
                && note.mentions.map(\.name) == ["@u@b.example"])
        #expect(note.hashtags == ["Tag"] && note.emojis.map(\.shortcode) == ["e"])
    }

    @Test func `the summary of an article is no warning, and its name is its title`() throws {
        let article = try #require(
            try read(#""name": "T", "summary": "abstract", "content": "x""#, type: "Article"))
        #expect(article.contentWarning == nil && article.summary == "abstract" && article.title == "T")
        let note = try #require(try read(#""name": "T", "summary": "cw", "content": "x""#))
        #expect(note.contentWarning == "cw" && note.title == "T")
    }

    @Test func `the answer in a vote is no title`() throws {
        let vote = try #require(try read(#""name": "Yes""#))
        #expect(vote.title == nil && vote.name == "Yes")
    }

    @Test func `a poll has its choices with their votes`() throws {
        let poll = try #require(
            try read(
                """
                "anyOf": [{"name": "a", "replies": {"totalItems": 3}}, {"name": "b", "replies": {"totalItems": -1}}, {}, null],
                "endTime": "2024-01-02T03:04:05Z", "votersCount": "5"
                """, type: "Question"))
        #expect(poll.options.map(\.name) == ["a", "b"] && poll.options.map(\.votes) == [3, 0])
        #expect(poll.isMultipleChoice && poll.endTime == 1_704_164_645_000 && poll.votersCount == 5)
        let single = try #require(try read(#""oneOf": {"name": "a"}, "anyOf": []"#, type: "Question"))
        #expect(single.options.map(\.name) == ["a"] && !single.isMultipleChoice)
    }

    @Test func `single things stand for lists, and lists for single things`() throws {
        let note = try #require(
            NoteDocument(
                try json(
                    """
                    {"id": "https://a.example/1", "type": ["Note", "x:Y"], "attributedTo": [{"type": "Group", "id": "https://a.example/g"},
                     {"type": "Person", "id": "https://a.example/u"}], "to": "as:Public", "cc": [null, {"id": "https://a.example/f"}],
                     "tag": {"type": "Hashtag", "name": "#t"}, "url": {"type": "Link", "href": "https://a.example/p", "mediaType": "text/html"},
                     "attachment": {"type": "Image", "url": [{"type": "Link", "href": "https://a.example/i.png", "mediaType": "image/png"}]},
                     "contentMap": {"und": "<p>x</p>"}, "inReplyTo": [{"type": "Link", "href": "https://b.example/2"}], "summary": ["cw"],
                     "published": "2024-01-02T03:04:05+0000"}
                    """)))
        #expect(note.attributedTo == ["https://a.example/u", "https://a.example/g"])
        #expect(
            note.to == [Vocabulary.everybody] && note.cc == ["https://a.example/f"] && note.hashtags == ["t"])
        #expect(
            note.url == "https://a.example/p" && note.attachments.map(\.url) == ["https://a.example/i.png"])
        #expect(note.content == "<p>x</p>" && note.contentLanguage == nil && note.contentWarning == "cw")
        #expect(note.inReplyTo == "https://b.example/2" && note.published == 1_704_164_645_000)
    }

    @Test func `lists are cut at their limits`() throws {
        func list(_ element: String, _ count: Int) -> String {
            (0..<count).map { element.replacing("$", with: String($0)) }.joined(separator: ",")
        }
        let mentions = list(#"{"type": "Mention", "href": "https://b.example/$"}"#, 300)
        let hashtags = list(#"{"type": "Hashtag", "name": "t$"}"#, 300)
        let files = list(#"{"type": "Image", "url": "https://a.example/$.png"}"#, 100)
        let note = try #require(try read("\"tag\": [\(mentions), \(hashtags)], \"attachment\": [\(files)]"))
        #expect(note.mentions.count == NoteDocument.Limits.mentions)
        #expect(note.hashtags.count == NoteDocument.Limits.hashtags)
        #expect(note.attachments.count == NoteDocument.Limits.attachments)
    }

    struct Expectation: Sendable {
        let path: String
        let type: NoteType
        let author: String
        var isEmbedded = false
        var kind = Audience.Kind.open
        var language: String?
        var warning: String?
        var title: String?
        var parent: String?
        var mentions = 0
        var hashtags: [String] = []
        var attachments: [AttachmentDocument.Kind] = []
        var options: [String] = []
    }

    @Test(.enabled(if: Samples.areThere, "the folder of samples is not there"), arguments: expectations)
    func `posts of other software are read`(expected: Expectation) throws {
        var value = try Samples.value(expected.path)
        if expected.isEmbedded { value = try #require(Activity(value)?.object) }
        let note = try #require(NoteDocument(value))
        #expect(note.type == expected.type)
        #expect(note.attributedTo.first == expected.author)
        #expect(Audience(to: note.to, cc: note.cc, followers: nil).kind == expected.kind)
        #expect(note.contentLanguage == expected.language)
        #expect(note.contentWarning == expected.warning)
        #expect(note.title == expected.title)
        #expect(note.inReplyTo == expected.parent)
        #expect(note.mentions.count == expected.mentions)
        #expect(note.hashtags == expected.hashtags)
        #expect(note.attachments.map(\.kind) == expected.attachments)
        #expect(note.options.map(\.name) == expected.options)
    }

    static let expectations: [Expectation] = [
        Expectation(
            path: "lemmy/LemmyNet.create_or_update.create_comment.json", type: .note,
            author: "http://ds9.lemmy.ml/u/lemmy_alpha", isEmbedded: true,
            parent: "http://ds9.lemmy.ml/post/1"),
        Expectation(
            path: "lemmy/LemmyNet.create_or_update.create_private_message_0.19.json", type: .chatMessage,
            author: "https://enterprise.lemmy.ml/u/nutomic", isEmbedded: true, kind: .direct),
        Expectation(
            path: "lemmy/LemmyNet.objects.page.json", type: .page,
            author: "https://enterprise.lemmy.ml/u/picard",
            language: "fr", title: "Post title", mentions: 1, attachments: [.link]),
        Expectation(
            path: "lemmy/LemmyNet.objects.page_image_and_link.json", type: .page,
            author: "https://enterprise.lemmy.ml/u/picard", language: "fr", title: "Post with image and link",
            attachments: [.image, .link]),
        Expectation(
            path: "lemmy/LemmyNet.objects.private_message.json", type: .note,
            author: "https://enterprise.lemmy.ml/u/picard", kind: .direct),
        Expectation(
            path: "mastodon/BDX-town.mastodon.note_with_language.json", type: .note,
            author: "https://mastodon.social/users/akkoma_ap_integration_tester", language: "ja"),
        Expectation(
            path: "mastodon/LemmyNet.activities.create_note.json", type: .note,
            author: "https://mastodon.madrid/users/felix", isEmbedded: true, kind: .unlisted, language: "en",
            parent: "https://mamot.fr/users/retiolus/statuses/107224244380204526", mentions: 1),
        Expectation(
            path: "mastodon/LemmyNet.activities.private_message.json", type: .note,
            author: "https://mastodon.world/users/nutomic", kind: .direct, language: "es",
            parent: "https://mastodon.world/users/nutomic/statuses/110854464248188528", mentions: 1),
        Expectation(
            path: "mastodon/LemmyNet.objects.note_2.json", type: .note,
            author: "https://floss.social/users/kde",
            language: "en", parent: "https://floss.social/users/kde/statuses/113306824627995724", mentions: 1,
            attachments: [.image]),
        Expectation(
            path: "mastodon/soapbox-pub.fixtures.mastodon-post-activity-contentmap.json", type: .note,
            author: "http://mastodon.example.org/users/admin", isEmbedded: true, language: "en",
            warning: "cw", mentions: 1),
        Expectation(
            path: "mastodon/soapbox-pub.fixtures.mastodon-post-activity-hashtag.json", type: .note,
            author: "http://mastodon.example.org/users/admin", isEmbedded: true, warning: "cw", mentions: 1,
            hashtags: ["moo"]),
        Expectation(
            path: "mastodon/soapbox-pub.fixtures.mastodon-question-activity.json", type: .question,
            author: "https://mastodon.sdf.org/users/rinpatch", isEmbedded: true, language: "en",
            options: ["Dunno", "Everyone knows that!", "25 char limit is dumb", "I can't even fit a funny"]),
        Expectation(
            path: "mastodon/soapbox-pub.fixtures.mastodon-vote.json", type: .note,
            author: "https://mastodon.sdf.org/users/rinpatch", isEmbedded: true, kind: .direct,
            parent: "https://testing.uguu.ltd/objects/9d300947-2dcb-445d-8978-9a3b4b84fa14"),
        Expectation(
            path: "mastodon/soapbox-pub.tesla_mock.status.emelie.json", type: .note,
            author: "https://mastodon.social/users/emelie", language: "en", hashtags: ["mastocats"],
            attachments: [.video]),
        Expectation(
            path: "misskey/BDX-town.fedibird.quote.json", type: .note,
            author: "https://fedibird.com/users/akkoma_ap_integration_tester", kind: .unlisted, language: "ja"
        ),
        Expectation(
            path: "misskey/BDX-town.misskey.mfm_underscore_format.json", type: .note,
            author: "https://misskey.local.live/users/92hzkskwgy", mentions: 1, hashtags: ["dancedance"]),
        Expectation(
            path: "misskey/soapbox-pub.tesla_mock.misskey_poll_no_end_date.json", type: .question,
            author: "https://skippers-bin.com/users/7v1w1r8ce6", mentions: 1,
            options: ["Working", "Broken af"]),
        Expectation(
            path: "peertube/LemmyNet.objects.note.json", type: .note,
            author: "https://video.antopie.org/accounts/yoge6785555",
            parent: "https://bae.st/objects/87c1cbf5-542a-491d-af57-0414c8648381", mentions: 1),
        Expectation(
            path: "peertube/LemmyNet.objects.video.json", type: .video,
            author: "https://tilvids.com/accounts/thelinuxexperiment", language: "en",
            title:
                "Mesa, Wayland & X.org in trouble, Debian leaves X, Facebook blocks Linux: Linux & Open Source News",
            attachments: [.video]),
        Expectation(
            path: "peertube/soapbox-pub.tesla_mock.peertube-social.json", type: .video,
            author: "https://peertube.social/accounts/craigmaloney", language: "en",
            title: "Twenty Years in Jail: FreeBSD's Jails, Then and Now",
            hashtags: ["linux", "mug.org", "open", "oss", "source"], attachments: [.video]),
        Expectation(
            path: "pleroma/LemmyNet.objects.chat_message.json", type: .chatMessage,
            author: "https://queer.hacktivis.me/users/lanodan", kind: .direct),
        Expectation(
            path: "pleroma/LemmyNet.objects.note.json", type: .note,
            author: "https://queer.hacktivis.me/users/lanodan", kind: .unlisted,
            parent: "https://enterprise.lemmy.ml/post/55143", mentions: 1),
        Expectation(
            path: "pleroma/soapbox-pub.tesla_mock.poll_modified.json", type: .question,
            author: "https://patch.cx/users/rin", options: ["yes", "no"]),
        Expectation(
            path: "soapbox/soapbox-pub.fixtures.soapbox_no_mentions_in_content.json", type: .note,
            author: "https://gleasonator.com/users/alex", kind: .unlisted,
            parent: "https://shitposter.club/objects/c686d811-4368-48e1-ba11-82c129f93165", mentions: 5,
            attachments: [.image, .image]),
        Expectation(
            path: "wordpress/LemmyNet.objects.note.json", type: .note,
            author: "https://pfefferle.org/author/pfefferle/",
            language: "en",
            parent: "https://socialhub.activitypub.rocks/ap/object/ce040f1ead95964f6dbbf1084b81432d"),
        Expectation(
            path: "wordpress/LemmyNet.objects.page.json", type: .article,
            author: "https://dbzer0.com/blog/author/db0/",
            language: "en", title: "An Epic 3D-Printed Fan Expansion for Last Light",
            hashtags: ["3DPrinting", "ai", "Boardgames", "GenAI", "LastLight"],
            attachments: [.image, .image, .image, .image]),
    ]
}
