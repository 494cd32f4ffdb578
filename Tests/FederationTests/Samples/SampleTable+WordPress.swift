import Storage

/// WordPress, and documents that are about the vocabulary.
extension SampleTable {
    private static let author = "https://pfefferle.org/author/pfefferle/"
    private static let blog = "https://pfefferle.org/@pfefferle.org"

    static let wordpress: [Sample] = [
        // A blog announces that its author changed an article, which it then shows.
        .activity(
            "LemmyNet.activities.announce",
            [.follows(blog), .serves("LemmyNet.activities.announce", part: ["object", "object"])],
            .post("https://pfefferle.org/lemmy-part-4/", by: author), .visibility(.public),
            .text("Lemmy (Part 4)"),
            .text("https://pfefferle.org/lemmy-part-4/"), .language("en"), .warning(""), .home, .spare(1)),
        .post(
            "LemmyNet.objects.note", [],
            .shown, .visibility(.public), .text("Nice! Hello from WordPress!"), .language("en"),
            .publishedNow,
            .answers("https://socialhub.activitypub.rocks/ap/object/ce040f1ead95964f6dbbf1084b81432d")),
        .post(
            "LemmyNet.objects.page", [],
            .shown, .visibility(.public), .text("An Epic 3D-Printed Fan Expansion for Last Light"),
            .text("I like the Last Light boardgame"), .language("en"), .warning(""), .home, .publishedNow,
            .text("https://dbzer0.com/blog/an-epic-3d-printed-fan-expansion-for-last-light/"),
            .hashtags(["3dprinting", "ai", "boardgames", "genai", "lastlight"]), .fileCount(4)),

        .actor(
            "Automattic.fixtures.lemmy-ml-u-pfefferle", [],
            .actor("https://lemmy.ml/u/pfefferle", handle: "pfefferle@lemmy.ml"), .kind(.person), .key(true)),
        .actor(
            "Automattic.fixtures.notiz-blog-author-matthias-pfefferle", [],
            .actor("https://notiz.blog/author/matthias-pfefferle/", handle: "pfefferle@notiz.blog"),
            .name("Matthias Pfefferle"), .summary("Ich bin Webworker")),
        Sample(
            file: "Automattic.fixtures.example-com-well-known-webfinger", feed: .handle("nobody@example.com"),
            given: [], expected: [.nobody("https://example.com/")]),
        Sample(
            file: "Automattic.fixtures.lemmy-ml-well-known-webfinger", feed: .handle("pfefferle@lemmy.ml"),
            given: [.lives("https://lemmy.ml/u/pfefferle")],
            expected: [.actor("https://lemmy.ml/u/pfefferle", handle: "pfefferle@lemmy.ml")]),
        Sample(
            file: "Automattic.fixtures.notiz-blog-well-known-webfinger",
            feed: .handle("pfefferle@notiz.blog"),
            given: [.lives("https://notiz.blog/author/matthias-pfefferle/")],
            expected: [
                .actor(
                    "https://notiz.blog/author/matthias-pfefferle/", handle: "matthias-pfefferle@notiz.blog")
            ]),
        .actor(
            "LemmyNet.objects.group", [],
            .actor("https://dbzer0.com/?author=0", handle: "dbzer0.com@dbzer0.com"), .kind(.group),
            .name("A Division by Zer0"), .page("https://dbzer0.com"), .fields(["Blog"]), .key(true),
            .summary("A bug in the code of the universe")),
        .actor(
            "LemmyNet.objects.person", [],
            .actor(author, handle: "matthias@pfefferle.org"), .name("Matthias Pfefferle"),
            .fields(["Blog", "Profile"]), .sharedInbox("https://pfefferle.org/wp-json/activitypub/1.0/inbox")),

        .document("soapbox-pub.rich_media.wordpress_embed"),
    ]

    static let contexts: [Sample] = [
        .document("fedify-dev.data-integrity.v1"),
        .document("fedify-dev.data-integrity.v2"),
        .document("fedify-dev.did.v1"),
        .document("fedify-dev.fep.7aa9"),
        .document("fedify-dev.fep.ef61"),
        .document("fedify-dev.gotosocial.org.ns"),
        .document("fedify-dev.identity.v1"),
        .document("fedify-dev.multikey.v1"),
        .document("fedify-dev.ns.activitystreams"),
        .document("fedify-dev.security.v1"),
        .actor(
            "fedify-dev.users.3609fd4e-d51d-4db8-9f04-4189815864dd", [],
            .actor(
                "https://oeee.cafe/ap/users/3609fd4e-d51d-4db8-9f04-4189815864dd",
                handle: "hongminhee@oeee.cafe"),
            .name("洪兔"), .sharedInbox("https://oeee.cafe/inbox")),
        // Without a name.
        .actor("fedify-dev.users.alice", [], .nobody("https://server.example/users/alice")),
        // Without an inbox.
        .actor("fedify-dev.users.bob", [], .nobody("https://remote.domain/users/bob")),
        .actor(
            "fedify-dev.users.brauca_darradiul", [],
            .actor(
                "https://activitypub.academy/users/brauca_darradiul",
                handle: "brauca_darradiul@activitypub.academy"), .name("Brauca Darradiul")),
        .actor(
            "fedify-dev.users.hongminhee", [],
            .actor("https://wizard.casa/users/hongminhee", handle: "hongminhee@wizard.casa"), .locked(true),
            .name("洪 民憙 (Hong Minhee)"), .key(true)),
    ]
}
