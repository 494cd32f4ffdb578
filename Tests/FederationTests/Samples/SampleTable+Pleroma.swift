import Storage

/// Pleroma, Akkoma, Rebased and Guppe.
extension SampleTable {
    private static let admin = "https://mastodon.example.org/users/admin"
    private static let rin = "https://patch.cx/users/rin"

    static let pleroma: [Sample] = [
        .post(
            "BDX-town.fixtures.quoted_status", [],
            .shown, .visibility(.public), .home, .text(""), .warning(""),
            .files([
                .image(
                    "https://example.com/media/4d6097ae20200ac371f51d24eae0a94cb4b424b6aff81dcc0f7411b1a74c796f.png"
                )
            ]), .conversation("https://example.com/contexts/c2c52511-977e-4168-996c-bcf006789dca")),
        // One host says what somebody on another wrote.
        .post(
            "BDX-town.tesla_mock.https__info.pleroma.site_activity3",
            [.serves("BDX-town.tesla_mock.https__info.pleroma.site_activity3")],
            .missing("https://info.pleroma.site/activity3.json"), .answeredAnyhow),
        .activity(
            "LemmyNet.activities.create_note",
            [
                .replacing("https://enterprise.lemmy.ml/u/picard", .actor),
                .fresh("2021-10-26T10:28:35.602455Z"),
                .fresh("2021-10-26T10:28:35.595650Z"),
            ],
            .shown, .visibility(.public), .text(" test"), .mentions([""]), .warning(""),
            .answers("https://enterprise.lemmy.ml/post/55143"),
            .conversation("https://greenish.red/contexts/f6244742-0526-4b84-ac4f-ceadf1fb4e56"),
            .notifies(["mention nutomic@greenish.red"])),
        .activity(
            "LemmyNet.activities.delete",
            [
                .has(
                    "https://greenish.red/objects/38e2b983-ebf5-4387-9bc2-3b80305469c9",
                    by: "https://greenish.red/users/vpzom")
            ], .gone("https://greenish.red/objects/38e2b983-ebf5-4387-9bc2-3b80305469c9")),
        .activity(
            "LemmyNet.activities.follow", [.replacing("https://lemmy.ca/u/kinetix", .actor)],
            .followers(["https://mycrowd.ca/users/kinetix"]), .sent(["Accept"]),
            .notifies(["follow kinetix@mycrowd.ca"])),
        .letter(
            "LemmyNet.objects.chat_message",
            [.replacing("https://enterprise.lemmy.ml/u/picard", .actor), .fresh("2020-02-12T14:08:20Z")],
            .shown, .visibility(.direct), .text("Hi!"), .mentions([""]),
            .notifies(["mention lanodan@queer.hacktivis.me"])),
        .post(
            "LemmyNet.objects.note", [],
            .shown, .visibility(.unlisted), .text("Have what?"),
            .mentions(["https://pleroma.popolon.org/users/popolon"]),
            .answers("https://enterprise.lemmy.ml/post/55143"), .published("2021-10-07T18:06:52.555Z")),
        .post(
            "soapbox-pub.fetch_mocks.9wTkLEnuq47B25EehM", [],
            .shown, .visibility(.public),
            .mentions([
                "https://blob.cat/users/blobyoumu", "https://busshi.moe/users/tuxcrafting",
                "https://cawfee.club/users/grips", "https://jaeger.website/users/igel",
                "https://stereophonic.space/users/fixpoint",
            ]), .answers("https://busshi.moe/users/tuxcrafting/statuses/104410921027210069"),
            .conversation("https://cawfee.club/contexts/ad6c73d8-efc2-4e74-84ea-2dacf1a27a5e")),
        .activity(
            "soapbox-pub.fixtures.create-pleroma-reply-to-misskey-thread",
            [.follows("https://p.helene.moe/users/helene")],
            .shown, .visibility(.public), .text(" meow"),
            .mentions(["https://mk.absturztau.be/users/8ozbzjs3o8"]),
            .answers("https://mk.absturztau.be/notes/93e7nm8wqg")),
        // An upload that looks like a note.
        Sample(
            file: "soapbox-pub.fixtures.spoofed-object",
            feed: .address("https://patch.cx/objects/spoof", type: "application/json"), given: [],
            expected: [.missing("https://patch.cx/objects/spoof")]),
        .post(
            "soapbox-pub.statuses.note", [],
            .shown, .visibility(.public), .text("Content"), .home, .published("2019-12-15T22:00:05.279Z")),
        .post(
            "soapbox-pub.tesla_mock.emoji-in-summary", [],
            .shown, .warning(":joker_smile:"), .emojis(["joker_disapprove", "joker_smile"]), .home,
            .text(":joker_disapprove:")),
        .post(
            "soapbox-pub.tesla_mock.gleasonator-AG3RzWfwEKKrY63qj2", [],
            .shown, .visibility(.public), .text("it vanished into space"), .home,
            .mentions(["https://gleasonator.com/users/alex"])),
        .post(
            "soapbox-pub.tesla_mock.https__info.pleroma.site_activity",
            [.serves("soapbox-pub.tesla_mock.https__info.pleroma.site_activity")],
            .missing("https://info.pleroma.site/activity.json"), .answeredAnyhow),
        // Two fields name two people; whose word it is says attributedTo, and they signed.
        .post(
            "soapbox-pub.tesla_mock.https__info.pleroma.site_activity2", [],
            .post("https://info.pleroma.site/activity2.json", by: "https://info.pleroma.site/actor.json"),
            .home),
        .post(
            "soapbox-pub.tesla_mock.https__info.pleroma.site_activity3",
            [.serves("soapbox-pub.tesla_mock.https__info.pleroma.site_activity3")],
            .missing("https://info.pleroma.site/activity2.json"), .answeredAnyhow),
        Sample(
            file: "soapbox-pub.tesla_mock.https__info.pleroma.site_activity4",
            feed: .address("https://info.pleroma.site/activity4.json", type: "application/activity+json"),
            given: [.known(admin)],
            expected: [.missing("https://mastodon.example.org/users/admin/activities/1234")]),
        // It names keys twice, so that everybody reads something else: refused as a whole.
        Sample(
            file: "soapbox-pub.tesla_mock.poll_attachment", feed: .foreign(in: "Create", by: rin),
            given: [.follows(rin)],
            expected: [.answered(400), .missing("https://patch.cx/objects/tesla_mock/poll_attachment")]),
        // No `updated`: the numbers are new, the post is not.
        Sample(
            file: "soapbox-pub.tesla_mock.poll_modified", feed: .object(in: "Update"),
            given: [.followsAuthor, .afterCreate(of: "soapbox-pub.tesla_mock.poll_original")],
            expected: [
                .shown, .text("can you vote on this poll?"), .home,
                .poll(["yes": 8, "no": 3], ends: "2019-09-19T00:32:36.785Z"), .notEdited,
            ]),
        .post(
            "soapbox-pub.tesla_mock.poll_original", [],
            .shown, .text("can you vote on this poll?"), .home, .published("2019-09-18T14:32:36.802Z"),
            .poll(["yes": 4, "no": 0], ends: "2019-09-19T00:32:36.785Z")),

        .actor(
            "BDX-town.fixtures.mewmew_no_name", [],
            .actor("https://princess.cat/users/mewmew", handle: "mewmew@princess.cat"), .locked(true),
            .summary("please reply to my posts as direct messages")),
        .actor(
            "LemmyNet.objects.person", [],
            .actor("https://queer.hacktivis.me/users/lanodan", handle: "lanodan@queer.hacktivis.me"),
            .emojis(["anarchy", "bzh", "gentoo"]), .locked(false),
            .sharedInbox("https://queer.hacktivis.me/inbox")),
        .actor(
            "soapbox-pub.fetch_mocks.eal", [],
            .actor("https://social.sakamoto.gq/users/eal", handle: "eal@social.sakamoto.gq"),
            .name("\u{ec}\u{97}\u{90}\u{ec}\u{95}\u{8c}"),
            .discoverable(true)),
        .actor(
            "soapbox-pub.fixtures.mewmew_no_name", [],
            .actor("https://princess.cat/users/mewmew", handle: "mewmew@princess.cat"), .locked(true)),
        .actor(
            "soapbox-pub.tesla_mock.https___info.pleroma.site_actor", [],
            .actor("https://info.pleroma.site/actor.json", handle: "admin@info.pleroma.site"), .name(""),
            .sharedInbox(nil), .key(true)),
        .actor(
            "soapbox-pub.tesla_mock.macgirvin_gleasonator.com", [],
            .actor("https://gleasonator.com/users/macgirvin", handle: "macgirvin@gleasonator.com"),
            .name("macgirvin")),
        .actor(
            "soapbox-pub.tesla_mock.moonman_shitposter.club", [],
            .actor("https://shitposter.club/users/moonman", handle: "moonman@shitposter.club"),
            .name("Captain Howdy"), .summary("XMPP: moon@talk.shitposter.club<br>")),
        .actor(
            "soapbox-pub.tesla_mock.smithereen_user", [],
            .actor("https://friends.grishka.me/users/1", handle: "grishka@friends.grishka.me"),
            .name("Григорий Клюшников"), .page("https://friends.grishka.me/grishka"),
            .sharedInbox("https://friends.grishka.me/activitypub/sharedInbox")),
        .actor(
            "soapbox-pub.users_mock.user", [],
            .actor("https://example.com/users/nick", handle: "nick@example.com"), .name("nick")),
        .actor(
            "soapbox-pub.webfinger.pleroma-user", [],
            .actor("https://sample.example/users/nick", handle: "nick@sample.example"),
            .name("nick :verified:"),
            .emojis(["verified"]), .summary("Pleroma BE dev")),
        Sample(
            file: "soapbox-pub.webfinger.pleroma-webfinger", feed: .handle("nick@sample.example"),
            given: [
                .lives("https://social.sample.example/users/nick"),
                .finger(
                    "nick@social.sample.example", is: "https://social.sample.example/users/nick",
                    as: "nick@sample.example"),
            ],
            expected: [.actor("https://social.sample.example/users/nick", handle: "nick@sample.example")]),

        .document("BDX-town.users_mock.pleroma_followers"),
        .document("BDX-town.users_mock.pleroma_following"),
        .document("soapbox-pub.users_mock.pleroma_followers"),
        .document("soapbox-pub.users_mock.pleroma_following"),
    ]

    static let soapbox: [Sample] = [
        .post(
            "soapbox-pub.fixtures.soapbox_no_mentions_in_content", [],
            .shown, .visibility(.unlisted), .text("Haha yeah, you can control who you reply to."),
            .fileCount(2),
            .mentions([
                "https://lain.com/users/lain", "https://shitposter.club/users/coolboymew",
                "https://shitposter.club/users/dielan", "https://tuusin.misono-ya.info/users/hakui",
                "https://xyzzy.link/users/fence",
            ]), .answers("https://shitposter.club/objects/c686d811-4368-48e1-ba11-82c129f93165"))
    ]

    static let guppe: [Sample] = [
        .actor(
            "soapbox-pub.fixtures.guppe-actor", [],
            .actor("https://gup.pe/u/bernie2020", handle: "Bernie2020@gup.pe"), .kind(.group),
            .name("Bernie2020 group"), .key(true))
    ]
}
