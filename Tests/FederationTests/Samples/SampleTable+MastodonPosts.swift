import Storage

/// Posts of Mastodon's, as they are found when somebody looks.
extension SampleTable {
    static let mastodonPosts: [Sample] = [
        .post(
            "BDX-town.mastodon.note_with_language", [],
            .shown, .visibility(.public), .text("tag"), .language("ja"), .home,
            .published("2023-01-11T15:31:01Z"),
            .url("https://mastodon.social/@akkoma_ap_integration_tester/109671288784583764"),
            .conversation("tag:mastodon.social,2023-01-11:objectId=376794415:objectType=Conversation")),
        .letter(
            "LemmyNet.activities.private_message",
            [.replacing("https://ds9.lemmy.ml/u/nutomic", .actor), .fresh("2023-08-08T14:29:04Z")],
            .shown, .visibility(.direct), .text("444"), .language("es"), .mentions([""]),
            .answers("https://mastodon.world/users/nutomic/statuses/110854464248188528"),
            .notifies(["mention nutomic@mastodon.world"])),
        .post(
            "LemmyNet.objects.note_1", [],
            .shown, .visibility(.unlisted), .text("i have never been disappointed by a thinkpad"),
            .language("en"),
            .mentions(["https://mamot.fr/users/retiolus"]), .fileCount(0),
            .answers("https://mamot.fr/users/retiolus/statuses/107224244380204526")),
        .post(
            "LemmyNet.objects.note_2", [],
            .shown, .visibility(.public), .text("We also need funding"), .language("en"), .publishedNow,
            .mentions(["https://lemmy.kde.social/c/kde"]), .homeAnyhow,
            .answers("https://floss.social/users/kde/statuses/113306824627995724"),
            .files([
                .image(
                    "https://cdn.masto.host/floss/media_attachments/files/113/306/826/682/985/891/original/c8d906a2f2ab2334.jpg",
                    alt:
                        "The KDE dragons Katie and Konqi stand on either side of a pot filling up with gold coins. Donate!",
                    focus: [0, 0])
            ])),
        .post(
            "LemmyNet.objects.page", [],
            .shown, .visibility(.public), .text("Variable never resetting at refresh"), .language("it"),
            .home,
            .mentions(["https://enterprise.lemmy.ml/c/tenforward"]), .warning(""), .sensitive(false),
            .url("https://masto.qa.urbanwildlife.biz/110830743680706519")),
        .post(
            "soapbox-pub.fetch_mocks.104410921027210069", [],
            .shown, .visibility(.public), .text("not liking nuclear power<br>nukes are pretty bad"),
            .language("en"),
            .mentions([
                "https://stereophonic.space/users/fixpoint", "https://blob.cat/users/blobyoumu",
                "https://cawfee.club/users/grips", "https://jaeger.website/users/igel",
            ]), .answers("https://stereophonic.space/objects/02997b83-3ea7-4b63-94af-ef3aa2d4ed17"),
            .conversation("https://cawfee.club/contexts/ad6c73d8-efc2-4e74-84ea-2dacf1a27a5e")),
        .post(
            "soapbox-pub.fixtures.mastodon-note-object", [],
            .shown, .visibility(.public), .text("yeah."), .home, .language(nil),
            .files([
                .image(
                    "https://mastodon.example.org/system/media_attachments/files/000/000/002/original/334ce029e7bfb920.jpg"
                )
            ])),
        .post("soapbox-pub.statuses.masto-note", [], .shown, .visibility(.public), .home),
        .post(
            "soapbox-pub.tesla_mock.http___mastodon.example.org_users_admin_status_1234", [],
            .shown, .text("jond (jeans bond)"), .language("en"), .home, .published("2018-09-25T16:11:29Z")),
        .post(
            "soapbox-pub.tesla_mock.mayumayupost",
            [.replacing("https://testing.pleroma.lol/users/lain", .actor), .fresh("2018-02-22T09:26:31Z")],
            .shown, .visibility(.public), .text("ポポポォォォ"), .homeAnyhow,
            .mentions(["", "https://shitposter.club/user/5381"]),
            .answers("https://shitposter.club/notice/7369654"),
            .notifies(["mention mayuutann@mstdn.io"])),
        .post(
            "soapbox-pub.tesla_mock.smithereen_non_anonymous_poll", [],
            .shown, .visibility(.public), .text("здесь тоже можно что-то написать"), .text("тестовый опрос"),
            .home,
            .poll(["тестовый ответ 1": 4, "тестовый ответ 2": 4, "тестовый ответ 3": 6], voters: 14)),
        .post(
            "soapbox-pub.tesla_mock.status.emelie", [],
            .shown, .visibility(.public), .text("You gotta take whatever bellyrubbing opportunity"),
            .language("en"),
            .home, .hashtags(["mastocats"]),
            .files([
                .video(
                    "https://files.mastodon.social/media_attachments/files/013/049/816/original/e7831178a5e0d6d4.mp4"
                )
            ])),

        .document("BDX-town.mastodon.featured_collection"),
        .document("LemmyNet.collections.featured"),
        .document("soapbox-pub.collections.external_featured"),
        .document("soapbox-pub.collections.featured"),
        .document("soapbox-pub.fixtures.mastodon-nodeinfo20"),
        .document("soapbox-pub.fixtures.mastodon-well-known-nodeinfo"),
        .document("soapbox-pub.users_mock.masto_featured"),
    ]
}
