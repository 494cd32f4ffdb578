import Storage

/// People, bots and servers of Mastodon and of what is like it.
extension SampleTable {
    static let mastodonActors: [Sample] = [
        .actor(
            "BDX-town.mastodon.service_actor", [],
            .actor("https://mastodont.cat/users/fediverse", handle: "fediverse@mastodont.cat"),
            .kind(.service),
            .name("fediverse's stats"), .summary("All fediverse alive servers stats."), .locked(false),
            .discoverable(true), .fields(["code", "my user-agent", "coded by"]), .key(true),
            .page("https://mastodont.cat/@fediverse"), .sharedInbox("https://mastodont.cat/inbox")),
        .actor(
            "BDX-town.microblogpub.user_with_invalid_also_known_as", [],
            .actor("https://mbp.example.com", handle: "MBP@mbp.example.com"), .name("MBP"), .summary("wowee"),
            .key(false), .page("https://mbp.example.com/")),
        // The key is that of somebody on another host.
        .actor(
            "BDX-town.tesla_mock.evil_remote.example_with_keyid_from_admin_mastdon.example.org", [],
            .actor(
                "https://remote.example/users/with_key_id_of_admin-mastodon.example.org",
                handle: "evil@remote.example"), .key(false)),
        .actor(
            "BDX-town.tesla_mock.relay_mastdon.example.org", [],
            .actor("https://mastodon.example.org/users/relay", handle: "admin@mastodon.example.org"),
            .kind(.application), .fields(["foo", "foo1"]), .name("")),
        .actor(
            "BDX-town.users_mock.nonsense_attachment_user", [],
            .actor("https://fedi.vision/@vote@fedi.vision/", handle: "vote@fedi.vision"), .fields([]),
            .name("FediVision Vote Bot"), .discoverable(true)),
        .actor(
            "BDX-town.users_mock.takahe_user", [],
            .actor("https://fedi.vision/@vote@fedi.vision/", handle: "vote@fedi.vision"),
            .fields(["More details"]),
            .discoverable(true), .page("https://fedi.vision/@vote/")),
        .actor(
            "LemmyNet.objects.person", [],
            .actor(
                "https://masto.qa.urbanwildlife.biz/users/mastodon",
                handle: "mastodon@masto.qa.urbanwildlife.biz"),
            .kind(.person), .name("Mastodon"), .discoverable(false)),
        .actor(
            "soapbox-pub.fetch_mocks.tuxcrafting", [],
            .actor("https://busshi.moe/users/tuxcrafting", handle: "tuxcrafting@busshi.moe"), .locked(true),
            .name("@tuxcrafting@localhost:8080"), .summary("expert procrastinator"), .discoverable(true)),
        .actor(
            "soapbox-pub.fixtures.lambadalambda", [],
            .actor("https://mastodon.social/users/lambadalambda", handle: "lambadalambda@mastodon.social"),
            .name("Critical Value"),
            .avatar("https://files.mastodon.social/accounts/avatars/000/000/264/original/1429214160519.gif")),
        .actor(
            "soapbox-pub.mastodon.application_actor", [],
            .actor("https://sample.example/actor", handle: "sample.example@sample.example"),
            .kind(.application),
            .locked(true), .sharedInbox("https://sample.example/inbox"), .key(true)),
        .actor(
            "soapbox-pub.tesla_mock.admin_mastdon.example.org", [],
            .actor("https://mastodon.example.org/users/admin", handle: "admin@mastodon.example.org"),
            .kind(.person),
            .name(""), .fields(["foo", "foo1"]), .locked(false)),
        .actor(
            "soapbox-pub.tesla_mock.emelie", [],
            .actor("https://mastodon.social/users/emelie", handle: "emelie@mastodon.social"),
            .name("emelie 🎨"),
            .fields(["Ko-fi", "Instagram", "Carrd", "Artstation"]), .emojis([])),
        .actor(
            "soapbox-pub.tesla_mock.hellpie", [],
            .actor("https://masto.quad.moe/users/_HellPie", handle: "_HellPie@masto.quad.moe"),
            .name("_HellPie")),
        .actor(
            "soapbox-pub.tesla_mock.lucifermysticus", [],
            .actor(
                "https://mst3k.interlinked.me/users/luciferMysticus",
                handle: "luciferMysticus@mst3k.interlinked.me"),
            .name("Louis Cypher"), .fields([])),
        .actor(
            "soapbox-pub.tesla_mock.mayumayu", [],
            .actor("https://mstdn.io/users/mayuutann", handle: "mayuutann@mstdn.io"), .name("Mayutan☕"),
            .summary("I enjoy programming as a hobby.")),
        .actor(
            "soapbox-pub.tesla_mock.relay_mastdon.example.org", [],
            .actor("https://mastodon.example.org/users/admin", handle: "admin@mastodon.example.org"),
            .kind(.application)),
        .actor(
            "soapbox-pub.tesla_mock.rye", [],
            .actor("https://niu.moe/users/rye", handle: "rye@niu.moe"), .name("♡ rye ♡"),
            .avatar("https://cdn.niu.moe/accounts/avatars/000/033/323/original/fd7f8ae0b3ffedc9.jpeg")),
        .actor(
            "soapbox-pub.webfinger.masto-user", [],
            .actor("https://sample.example/users/nick", handle: "nick@sample.example"), .name("Name Name"),
            .summary("Summary"), .page("https://sample.example/@nick")),
    ]
}
