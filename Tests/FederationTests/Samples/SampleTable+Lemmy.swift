import Storage

/// What happens in Lemmy's communities.
extension SampleTable {
    private static let beta = "https://enterprise.lemmy.ml/u/lemmy_beta"
    private static let alpha = "https://ds9.lemmy.ml/u/lemmy_alpha"
    private static let main = "https://enterprise.lemmy.ml/c/main"
    private static let alphaIsOwner = Given.replacing("https://ds9.lemmy.ml/u/lemmy_alpha", .actor)

    static let lemmyGroups: [Sample] = [
        // A ban in a community, which is no business of those who follow each other.
        .activity(
            "LemmyNet.block.block_user", [alphaIsOwner, .follows(beta), .followed(by: beta)],
            .followers([beta]), .following([beta])),
        .activity(
            "LemmyNet.block.undo_block_user", [alphaIsOwner, .follows(beta), .followed(by: beta)],
            .followers([beta]), .following([beta])),
        .activity(
            "LemmyNet.community.add_featured_post", [.known(alpha)], .missing("https://ds9.lemmy.ml/post/2")),
        .activity("LemmyNet.community.add_mod", [alphaIsOwner, .known(beta)], .followers([])),
        .activity(
            "LemmyNet.community.announce_create_page",
            [
                .follows(main),
                .serves("LemmyNet.community.announce_create_page", part: ["object", "object"]),
            ],
            .post("https://enterprise.lemmy.ml/post/7", by: beta), .visibility(.public), .text("post 4"),
            .text("https://enterprise.lemmy.ml/post/7"), .published("2021-11-01T12:11:22.871Z"), .home,
            .spare(1)),
        .activity("LemmyNet.community.lock_note", [.known("https://lemmy-alpha.example/u/lemmy_aplha")]),
        .activity("LemmyNet.community.lock_page", [.known("https://lemmy-alpha.example/u/lemmy_alpha")]),
        .activity("LemmyNet.community.remove_featured_post", [.known(alpha)]),
        .activity("LemmyNet.community.remove_mod", [alphaIsOwner, .followed(by: beta)], .followers([beta])),
        .activity(
            "LemmyNet.community.report_page", [.replacing("https://enterprise.lemmy.ml/post/7", .post)],
            .report("report this post"), .notifiesAnyhow),
        .activity(
            "LemmyNet.community.resolve_report_page",
            [.replacing("https://enterprise.lemmy.ml/post/7", .post)]),
        .activity("LemmyNet.community.undo_lock_note", []),
        .activity("LemmyNet.community.undo_lock_page", []),
        // Somebody of another host says what a group is called.
        .activity(
            "LemmyNet.community.update_community", [.known(main), .known(alpha)],
            .actor(main, handle: "main@enterprise.lemmy.ml"), .name("")),
        .activity("LemmyNet.community.warn", [.replacing("https://voyager.lemmy.ml/post/1541", .post)]),
        .activity(
            "LemmyNet.following.accept", [alphaIsOwner, .asked(main)],
            .following([main])),
        .activity(
            "LemmyNet.following.follow", [.replacing(main, .actor)],
            .followers([alpha]), .sent(["Accept"]), .notifies(["follow lemmy_alpha@ds9.lemmy.ml"])),
        .activity(
            "LemmyNet.following.undo_follow",
            [.replacing(main, .actor), .after("LemmyNet.following.follow")],
            .followers([]), .sent(["Accept"])),
        .activity(
            "LemmyNet.voting.dislike_page", [.replacing("https://ds9.lemmy.ml/post/1", .post)], .favourites(0)
        ),
        .activity(
            "LemmyNet.voting.like_note", [.replacing("https://ds9.lemmy.ml/comment/1", .post)],
            .favourites(1), .notifies(["favourite lemmy_alpha@ds9.lemmy.ml"])),
        .activity(
            "LemmyNet.voting.undo_dislike_page",
            [.replacing("https://ds9.lemmy.ml/post/1", .post), .after("LemmyNet.voting.dislike_page")],
            .favourites(0)),
        .activity(
            "LemmyNet.voting.undo_like_note",
            [.replacing("https://ds9.lemmy.ml/comment/1", .post), .after("LemmyNet.voting.like_note")],
            .favourites(0)),
    ]

    private static let page = "https://ds9.lemmy.ml/post/1"
    private static let comment = "https://ds9.lemmy.ml/comment/1"
    private static let message = "https://enterprise.lemmy.ml/private_message/1"

    static let lemmyPosts: [Sample] = [
        .activity(
            "LemmyNet.create_or_update.create_comment", [.follows(alpha)],
            .shown, .visibility(.public), .text("hello"), .answers(page),
            .published("2021-11-01T11:45:49.794Z")),
        .activity(
            "LemmyNet.create_or_update.create_page", [.follows(alpha)],
            .shown, .visibility(.public), .text("test post"), .text(page), .language("ko"), .home,
            .warning(""),
            .published("2021-10-29T15:10:51.557Z")),
        .activity(
            "LemmyNet.create_or_update.create_private_message",
            [alphaIsOwner, .fresh("2021-10-29T15:31:56.058289Z")],
            .shown, .visibility(.direct), .text("hello"), .mentions([""]),
            .notifies(["mention lemmy_beta@enterprise.lemmy.ml"])),
        .activity(
            "LemmyNet.create_or_update.create_private_message_0.19",
            [.replacing("https://voyager.lemmy.ml/u/nutomic", .actor)],
            .shown, .visibility(.direct), .text("hi!"), .mentions([""]), .publishedNow,
            .notifies(["mention nutomic@enterprise.lemmy.ml"])),
        .activity(
            "LemmyNet.create_or_update.update_page",
            [.follows(alpha), .after("LemmyNet.create_or_update.create_page")],
            .shown, .text("test post 1"), .text(page), .edited("2021-10-29T15:11:35.976Z"), .home,
            .published("2021-10-29T15:10:51.557Z")),
        .activity(
            "LemmyNet.deletion.delete_page",
            [.follows(alpha), .after("LemmyNet.create_or_update.create_page")],
            .gone(page)),
        .activity(
            "LemmyNet.deletion.delete_private_message",
            [
                alphaIsOwner, .fresh("2021-10-29T15:31:56.058289Z"),
                .after("LemmyNet.create_or_update.create_private_message"),
            ], .gone(message)),
        .activity("LemmyNet.deletion.delete_user", [.follows(alpha)], .nobody(alpha), .following([])),
        // A moderator of another host, and nothing says that they are one.
        .activity(
            "LemmyNet.deletion.remove_note",
            [.follows(alpha), .after("LemmyNet.create_or_update.create_comment")],
            .post(comment, by: alpha), .text("hello")),
        // Nobody but the receiver has a private message to give back.
        .activity(
            "LemmyNet.deletion.undo_delete_private_message",
            [
                alphaIsOwner, .fresh("2021-10-29T15:31:56.058289Z"),
                .after("LemmyNet.create_or_update.create_private_message"),
                .after("LemmyNet.deletion.delete_private_message"),
            ], .missing(message)),
        .activity(
            "LemmyNet.deletion.undo_delete_page",
            [
                .follows(alpha), .after("LemmyNet.create_or_update.create_page"),
                .after("LemmyNet.deletion.delete_page"),
                .serves("LemmyNet.create_or_update.create_page", part: ["object"]),
            ], .post(page, by: alpha), .text("test post"), .homeAnyhow),
        .activity(
            "LemmyNet.deletion.undo_remove_note",
            [.follows(alpha), .after("LemmyNet.create_or_update.create_comment"), .known(beta)],
            .post(comment, by: alpha), .text("hello")),
        .post(
            "LemmyNet.objects.comment", [],
            .shown, .visibility(.public), .text("first comment!"), .language("fr"),
            .mentions(["https://enterprise.lemmy.ml/u/picard", "https://enterprise.lemmy.ml/c/tenforward"]),
            .answers("https://enterprise.lemmy.ml/post/55143")),
        .post(
            "LemmyNet.objects.page", [],
            .shown, .visibility(.public), .text("Post title"),
            .text("https://enterprise.lemmy.ml/post/55143"),
            .language("fr"), .home, .mentions(["https://enterprise.lemmy.ml/c/tenforward"])),
        .post(
            "LemmyNet.objects.page_image_and_link", [],
            .shown, .text("Post with image and link"), .home,
            .files([.image("https://enterprise.lemmy.ml/pictrs/image/eOtYb9iEiB.png")])),
        .letter(
            "LemmyNet.objects.private_message",
            [
                .replacing("https://queer.hacktivis.me/users/lanodan", .actor),
                .fresh("2021-10-21T10:13:14.597721Z"),
            ],
            .shown, .visibility(.direct), .text("Hello hello, testing"), .mentions([""]),
            .notifies(["mention picard@enterprise.lemmy.ml"])),
        Sample(
            file: "LemmyNet.objects.tombstone",
            feed: .foreign(in: "Delete", by: "https://lemmy.ml/u/ruud"),
            given: [.has("https://lemmy.ml/comment/110273", by: "https://lemmy.ml/u/ruud")],
            expected: [.gone("https://lemmy.ml/comment/110273")]),
        // No title, and addressed to nobody but the community.
        .post(
            "soapbox-pub.tesla_mock.lemmy-page", [],
            .shown, .visibility(.direct), .text("Hello Federation!"), .homeAnyhow, .warning("")),
    ]

    static let lemmyRest: [Sample] = [
        .actor(
            "LemmyNet.objects.group", [],
            .actor("https://enterprise.lemmy.ml/c/tenforward", handle: "tenforward@enterprise.lemmy.ml"),
            .kind(.group), .name("Ten Forward"), .summary("Lounge and recreation facility"),
            .avatar("https://enterprise.lemmy.ml/pictrs/image/waqyZwLAy4.webp")),
        .actor(
            "LemmyNet.objects.instance", [],
            .actor("https://enterprise.lemmy.ml/", handle: "enterprise.lemmy.ml@enterprise.lemmy.ml"),
            .kind(.application), .name("Enterprise"), .key(true)),
        .actor(
            "LemmyNet.objects.person", [],
            .actor("https://enterprise.lemmy.ml/u/picard", handle: "picard@enterprise.lemmy.ml"),
            .kind(.person),
            .name("Jean-Luc Picard"), .summary("<strong>Enterprise</strong>")),
        .actor(
            "soapbox-pub.tesla_mock.lemmy-user", [],
            .actor("https://enterprise.lemmy.ml/u/nutomic", handle: "Nutomic@enterprise.lemmy.ml"),
            .name("nutomic"),
            .summary("some bio")),

        .document("LemmyNet.collections.group_featured_posts"),
        .document("LemmyNet.collections.group_followers"),
        .document("LemmyNet.collections.group_moderators"),
        .document("LemmyNet.collections.group_outbox"),
        .document("LemmyNet.collections.person_outbox"),
    ]
}
