import Storage

/// What Mastodon says people do.
extension SampleTable {
    private static let admin = "https://mastodon.example.org/users/admin"
    private static let lain = Given.replacing("https://localtesting.pleroma.lol/users/lain", .actor)
    private static let liked = Given.replacing(
        "https://localtesting.pleroma.lol/objects/eb92579d-3417-42a8-8652-2492c2d4f454", .post)
    private static let felix = "https://mastodon.madrid/users/felix"
    private static let asonix = "https://masto.asonix.dog/users/asonix"
    private static let gargron = "https://mastodon.example.org/users/gargron"
    private static let boosted = "https://mastodon.example.org/users/admin/statuses/99541947525187367"
    private static let mentioned: [Given] = [lain, .fresh("2018-02-12T14:08:20Z")]

    static let mastodonActivities: [Sample] = [
        .activity(
            "LemmyNet.activities.create_note", [.follows(felix)],
            .shown, .visibility(.unlisted), .text("i have never been disappointed by a thinkpad"),
            .language("en"),
            .mentions(["https://mamot.fr/users/retiolus"]), .published("2021-11-05T11:46:50Z"),
            .answers("https://mamot.fr/users/retiolus/statuses/107224244380204526"),
            .url("https://mastodon.madrid/@felix/107224289116410645"),
            .conversation("tag:mamot.fr,2021-11-05:objectId=64635960:objectType=Conversation")),
        .activity(
            "LemmyNet.activities.delete", [.known(felix)],
            .gone("https://mastodon.madrid/users/felix/statuses/107773559874184870")),
        .activity(
            "LemmyNet.activities.flag",
            [
                .replacing("https://example.com/users/1", .actor),
                .replacing("https://example.com/posts/380590", .post),
            ], .report("Please take a look at this user and their posts"), .notifiesAnyhow),
        .activity(
            "LemmyNet.activities.follow", [.replacing("https://ds9.lemmy.ml/c/testcom", .actor)],
            .followers([asonix]), .sent(["Accept"]), .notifies(["follow asonix@masto.asonix.dog"])),
        .activity(
            "LemmyNet.activities.like_page", [.replacing("https://ds9.lemmy.ml/post/147", .post)],
            .favourites(1), .notifies(["favourite felix@mastodon.madrid"])),
        .activity(
            "LemmyNet.activities.undo_follow",
            [.replacing("https://ds9.lemmy.ml/c/testcom", .actor), .after("LemmyNet.activities.follow")],
            .followers([]), .sent(["Accept"])),
        .activity(
            "LemmyNet.activities.undo_like_page",
            [.replacing("https://ds9.lemmy.ml/post/147", .post), .after("LemmyNet.activities.like_page")],
            .favourites(0)),
        .activity(
            "soapbox-pub.fixtures.bogus-mastodon-announce",
            [
                .follows(admin),
                .says(
                    "https://mastodon.social/users/emelie/statuses/101849165031453404",
                    by: "https://mastodon.social/users/emelie", "What she did write"),
            ],
            .post(
                "https://mastodon.social/users/emelie/statuses/101849165031453404",
                by: "https://mastodon.social/users/emelie"),
            .text("What she did write"), .lacks("this is a public toot"), .boosted(by: admin), .home),
        .activity(
            "soapbox-pub.fixtures.emoji-reaction", [liked],
            .favourites(1), .notifies(["favourite admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.emoji-reaction-no-emoji", [liked],
            .favourites(1), .notifies(["favourite admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.emoji-reaction-too-long", [liked],
            .favourites(1), .notifies(["favourite admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-accept-activity", [lain, .asked(admin)], .following([admin])),
        .activity(
            "soapbox-pub.fixtures.mastodon-announce",
            [
                .follows(admin), .serves("soapbox-pub.fixtures.mastodon-note-object"),
                .servesAt(
                    "https://mastodon.example.org/@admin/99541947525187367",
                    "soapbox-pub.fixtures.mastodon-note-object"),
            ], .post(boosted, by: admin), .text("yeah."), .boosted(by: admin), .home),
        .activity(
            "soapbox-pub.fixtures.mastodon-announce-private", [.follows(admin)],
            .post("https://mastodon.example.org/@admin/99541947525187368", by: admin), .visibility(.private),
            .text("this is a private toot"), .boosted(by: admin), .home),
        .activity(
            "soapbox-pub.fixtures.mastodon-block-activity", [lain, .follows(admin), .followed(by: admin)],
            .followers([]), .following([])),
        .activity(
            "soapbox-pub.fixtures.mastodon-create-with-attachment", [.follows(admin)],
            .shown, .visibility(.public), .text("mastodon.example.org/media/hw4"), .mentions([]), .home,
            .files([
                .image(
                    "https://mastodon.example.org/system/media_attachments/files/000/000/002/original/334ce029e7bfb920.jpg"
                )
            ]), .published("2018-02-17T17:14:26Z")),
        .activity(
            "soapbox-pub.fixtures.mastodon-delete",
            [.has(gargron + "/statuses/99620895606148759", by: gargron)],
            .gone(gargron + "/statuses/99620895606148759")),
        .activity(
            "soapbox-pub.fixtures.mastodon-delete-user", [.follows(admin), .followed(by: admin)],
            .nobody(admin), .followers([]), .following([])),
        .activity(
            "soapbox-pub.fixtures.mastodon-follow-activity", [lain],
            .followers([admin]), .sent(["Accept"]), .notifies(["follow admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-like", [liked],
            .favourites(1), .notifies(["favourite admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-post-activity", mentioned,
            .shown, .visibility(.public), .warning("cw"), .sensitive(true), .text("lain"), .mentions([""]),
            .hashtags([]), .notifies(["mention admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-post-activity-contentmap", mentioned,
            .shown, .visibility(.public), .warning("cw"), .sensitive(true), .text("lain"), .language("en"),
            .mentions([""]), .notifies(["mention admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-post-activity-hashtag", mentioned,
            .shown, .warning("cw"), .sensitive(true), .hashtags(["moo"]), .mentions([""]),
            .notifies(["mention admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-post-activity-nsfw", mentioned,
            .shown, .warning("cw"), .hashtags(["nsfw"]), .mentions([""]),
            .notifies(["mention admin@mastodon.example.org"])),
        .activity(
            "soapbox-pub.fixtures.mastodon-question-activity",
            [.follows("https://mastodon.sdf.org/users/rinpatch")],
            .shown, .visibility(.public), .text("Why is Tenshi eating a corndog so cute?"), .language("en"),
            .home,
            .published("2019-05-10T09:03:36Z"),
            .poll(
                [
                    "Dunno": 0, "Everyone knows that!": 1, "25 char limit is dumb": 0,
                    "I can't even fit a funny": 1,
                ], ends: "2019-05-11T09:03:36Z")),
        .activity("soapbox-pub.fixtures.mastodon-reject-activity", [lain, .follows(admin)], .following([])),
        .activity(
            "soapbox-pub.fixtures.mastodon-unblock-activity",
            [lain, .followed(by: admin), .after("soapbox-pub.fixtures.mastodon-block-activity")],
            .followers([]), .following([])),
        .activity(
            "soapbox-pub.fixtures.mastodon-undo-announce",
            [
                .follows(admin), .serves("soapbox-pub.fixtures.mastodon-note-object"),
                .servesAt(
                    "https://mastodon.example.org/@admin/99541947525187367",
                    "soapbox-pub.fixtures.mastodon-note-object"),
                .after("soapbox-pub.fixtures.mastodon-announce"),
            ], .missing("https://mastodon.example.org/users/admin/statuses/99542391527669785/activity")),
        .activity(
            "soapbox-pub.fixtures.mastodon-undo-like", [liked, .after("soapbox-pub.fixtures.mastodon-like")],
            .favourites(0)),
        .activity(
            "soapbox-pub.fixtures.mastodon-undo-like-compact-object",
            [liked, .after("soapbox-pub.fixtures.mastodon-like")], .favourites(0)),
        .activity(
            "soapbox-pub.fixtures.mastodon-unfollow-activity",
            [lain, .after("soapbox-pub.fixtures.mastodon-follow-activity")], .followers([]), .sent(["Accept"])
        ),
        .activity(
            "soapbox-pub.fixtures.mastodon-update",
            [.known(gargron), .serves("soapbox-pub.fixtures.mastodon-update", part: ["object"])],
            .actor(gargron, handle: "gargron@mastodon.example.org"), .name("gargle"), .summary("Some bio"),
            .fields(["foo", "foo1"]), .key(true)),
        .activity(
            "soapbox-pub.fixtures.mastodon-vote",
            [
                .replacing(
                    "https://testing.uguu.ltd/objects/9d300947-2dcb-445d-8978-9a3b4b84fa14",
                    .poll(["suya..", "no"])),
                .replacing("https://testing.uguu.ltd/users/rin", .actor),
            ], .votes(["suya..": 1, "no": 0]), .missing("https://mastodon.sdf.org/users/rinpatch#votes/387")),
    ]
}
