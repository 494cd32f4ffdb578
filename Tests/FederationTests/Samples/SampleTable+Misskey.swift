import Storage

/// Misskey, and Fedibird with its quotes.
extension SampleTable {
    private static let noellabo = "https://fedibird.com/users/noellabo"
    private static let akkoma = Given.replacing("https://localhost:4001/users/akkoma_user", .actor)
    private static let quotedStatus = Given.serves("pleroma/BDX-town.fixtures.quoted_status")
    private static let quotedAddress = "https://example.com/objects/43479e20-c0f8-4f49-bf7f-13fab8234924"
    private static let liked = Given.replacing(
        "https://testing.pleroma.lol/objects/c331bbf7-2eb9-4801-a709-2a6103492a5a", .post)

    static let misskey: [Sample] = [
        .post(
            "BDX-town.fedibird.quote", [quotedStatus],
            .shown, .visibility(.unlisted), .text("public quote"), .language("ja"), .home,
            .quotes(quotedAddress),
            .conversation("https://fedibird.com/contexts/108707679228389900"), .spare(1)),
        // The id of the activity is of another host than who signs.
        .activity("BDX-town.fixtures.misskey-like", [liked], .favourites(0), .answeredAnyhow),
        .letter(
            "BDX-town.misskey.mfm_underscore_format", [akkoma, .fresh("2022-07-10T15:37:36.368Z")],
            .shown, .visibility(.public), .text("mfm goes here"), .hashtags(["dancedance"]), .mentions([""]),
            .notifies(["mention 92hzkskwgy@misskey.local.live"])),
        .letter(
            "BDX-town.misskey.mfm_x_format", [akkoma, .fresh("2022-07-10T15:37:36.368Z")],
            .shown, .visibility(.public), .text("this does not get replaced"), .hashtags(["dancedance"]),
            .mentions([
                "", "https://misskey.local.live/users/remote_user",
                "https://misskey.local.live/users/full_tag_remote_user",
            ]), .notifies(["mention 92hzkskwgy@misskey.local.live"])),
        .post(
            "BDX-town.misskey.quote", [quotedStatus],
            .shown, .visibility(.public), .text("i quompt u"), .home, .quotes(quotedAddress), .spare(1)),
        .post(
            "BDX-town.misskey.recursive_quote", [],
            .shown, .visibility(.public), .text("i quompt u"), .home, .quotes(nil)),
        .activity(
            "soapbox-pub.fixtures.custom-emoji-reaction",
            [.replacing("https://pleroma.local.live/objects/89937a53-2692-4631-bb62-770091267391", .post)],
            .favourites(1), .notifies(["favourite 8x8yep20u2@misskey.local.live"])),
        .activity("soapbox-pub.fixtures.misskey-like", [liked], .favourites(0), .answeredAnyhow),
        .post(
            "soapbox-pub.quote_post.fedibird_quote_mismatched", [],
            .shown, .text("揺れていたようだ"), .language("ja"), .home,
            .quotes("https://unnerv.jp/users/UN_NERV/statuses/107712176849067434")),
        .post(
            "soapbox-pub.quote_post.fedibird_quote_post", [],
            .shown, .text("いつの生まれだシトリン"), .language("ja"), .home, .published("2022-01-22T02:07:16Z"),
            .quotes("https://misskey.io/notes/8vsn2izjwh")),
        .post(
            "soapbox-pub.quote_post.fedibird_quote_uri", [],
            .shown, .text("美味しそう"), .language("ja"), .home,
            .quotes("https://fedibird.com/users/yamako/statuses/107699333438289729")),
        .post(
            "soapbox-pub.quote_post.misskey_quote_post",
            [.serves("soapbox-pub.tesla_mock.misskey.io_8vs6wxufd0")],
            .shown, .text("投稿者の設定によるね<br>"), .home, .spare(1),
            .quotes("https://misskey.io/notes/8vs6wxufd0")),
        .post(
            "soapbox-pub.tesla_mock.misskey.io_8vs6wxufd0", [],
            .shown, .visibility(.public), .text("Fantiaこれできないように"), .home, .warning(""), .quotes(nil)),
        .post(
            "soapbox-pub.tesla_mock.misskey_poll_no_end_date", [],
            .shown, .text("How are your notifications now?"),
            .mentions(["https://marchgenso.me/users/march"]), .home,
            .poll(["Working": 0, "Broken af": 1])),
        .activity(
            "soapbox-pub.tesla_mock.mk.absturztau.be-93e7nm8wqg-activity",
            [.follows("https://mk.absturztau.be/users/8ozbzjs3o8")],
            .shown, .visibility(.public), .text("meow"), .home, .published("2022-08-01T11:06:49.568Z")),
        .post(
            "soapbox-pub.tesla_mock.mk.absturztau.be-93e7nm8wqg", [],
            .shown, .visibility(.public), .text("meow"), .home),

        .actor(
            "soapbox-pub.birthdays.misskey-user", [],
            .actor("https://misskey.io/users/8dhi2ne167", handle: "mkljczk@misskey.io"), .name(""),
            .summary(""),
            .page("https://misskey.io/@mkljczk"), .sharedInbox("https://misskey.io/inbox")),
        .actor(
            "soapbox-pub.tesla_mock.aimu_misskey.io", [],
            .actor("https://misskey.io/users/83ssedkv53", handle: "aimu@misskey.io"), .name("あいむ"),
            .avatar("https://s3.arkjp.net/misskey/webpublic-3f7e93c0-34f5-443c-acc0-f415cb2342b4.jpg")),
        .actor(
            "soapbox-pub.tesla_mock.mametsuko_mk.absturztau.be", [],
            .actor("https://mk.absturztau.be/users/8ozbzjs3o8", handle: "mametsuko@mk.absturztau.be"),
            .locked(true),
            .name("mametschko")),
        .actor(
            "soapbox-pub.tesla_mock.sjw", [],
            .actor("https://skippers-bin.com/users/7v1w1r8ce6", handle: "sjw@skippers-bin.com"),
            .name("It's ya boi sjw :verified:"), .emojis(["verified"]), .key(true)),
    ]
}
