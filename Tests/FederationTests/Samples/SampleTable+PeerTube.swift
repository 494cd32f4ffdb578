import Storage

/// PeerTube's videos, their accounts and their channels.
extension SampleTable {
    private static let experiment = "https://tilvids.com/accounts/thelinuxexperiment"
    private static let channel = "https://tilvids.com/video-channels/thelinuxexperiment_channel"
    private static let video = "https://tilvids.com/videos/watch/e7946124-7b72-4ad7-9d22-844a84bb2de1"

    static let peertube: [Sample] = [
        .activity(
            "LemmyNet.activities.announce_video", [.follows(channel), .serves("LemmyNet.objects.video")],
            .post(video, by: experiment), .visibility(.public), .text("Mesa, Wayland"), .text(video),
            .boosted(by: channel), .home),
        .post(
            "LemmyNet.objects.note", [],
            .shown, .visibility(.public), .text("@af2@bae.st idk"), .mentions(["https://bae.st/users/af2"]),
            .answers("https://bae.st/objects/87c1cbf5-542a-491d-af57-0414c8648381"),
            .published("2022-04-29T07:52:32.548Z")),
        .post(
            "LemmyNet.objects.video", [],
            .shown, .visibility(.public), .text("Mesa, Wayland"), .text(video), .language("en"),
            .publishedNow,
            .warning(""), .sensitive(false), .home),
        .activity(
            "soapbox-pub.peertube.video-object-mpegURL-only",
            [.follows("https://peertube.stream/accounts/createurs")],
            .shown, .visibility(.public), .text("Planète Mars 2050"), .language("fr"), .home,
            .text("https://peertube.stream/videos/watch/abece3c3-b9c6-47f4-8040-f3eed8c602e6"),
            .hashtags(["france3", "lezapping"]), .published("2021-02-20T17:04:54.278Z")),
        .activity(
            "soapbox-pub.tesla_mock.framatube.org-video",
            [.follows("https://framatube.org/accounts/framasoft")],
            .shown, .visibility(.public), .text("Déframasoftisons Internet [Framasoft]"), .home,
            .text("https://framatube.org/videos/watch/6050732a-8a7a-43d4-a6cd-809525a1d206"), .language(nil),
            .hashtags(["déframasoftisons", "epn23", "framaconf", "framasoft", "pyg"]),
            .files([
                .video("https://framatube.org/static/webseed/6050732a-8a7a-43d4-a6cd-809525a1d206-1080.mp4")
            ])),
        .post(
            "soapbox-pub.tesla_mock.peertube-social", [],
            .shown, .visibility(.public), .text("Twenty Years in Jail: FreeBSD"), .language("en"), .home,
            .text("https://peertube.social/videos/watch/278d2b7c-0f38-4aaa-afe6-9ecc0c4a34fe"),
            .files([
                .video("https://peertube.social/static/webseed/278d2b7c-0f38-4aaa-afe6-9ecc0c4a34fe-240.mp4")
            ])),
        // The channel stands before the account.
        .post(
            "soapbox-pub.tesla_mock.peertube.moe-vid", [],
            .post(
                "https://peertube.moe/videos/watch/df5f464b-be8d-46fb-ad81-2d4c2d1630e3",
                by: "https://peertube.moe/accounts/7even"),
            .text("Friday Night"), .hashtags(["feels"]), .home),

        .actor(
            "BDX-town.peertube.actor-videochannel", [],
            .actor(
                "https://spectra.video/video-channels/fediforum_demos",
                handle: "fediforum_demos@spectra.video"),
            .kind(.group), .name("FediForum Demos"),
            .avatar("https://spectra.video/lazy-static/avatars/b13e5038-0169-420e-a6bc-4f5e0666fae6.png")),
        .actor(
            "LemmyNet.objects.group", [],
            .actor(channel, handle: "thelinuxexperiment_channel@tilvids.com"), .kind(.group),
            .name("The Linux Experiment"), .summary("I'm Nick")),
        .actor(
            "LemmyNet.objects.person", [],
            .actor(experiment, handle: "thelinuxexperiment@tilvids.com"), .kind(.person),
            .name("The Linux Experiment"),
            .avatar("https://tilvids.com/lazy-static/avatars/e74c2c6b-1f6b-4506-9d03-2cbba1635b20.jpg")),
        .actor(
            "soapbox-pub.peertube.actor-person", [],
            .actor("https://peertube.stream/accounts/createurs", handle: "createurs@peertube.stream"),
            .name("Créateurs"), .summary("")),
        .actor(
            "soapbox-pub.tesla_mock.7even", [],
            .actor("https://peertube.moe/accounts/7even", handle: "7even@peertube.moe"), .name("7even")),
        .actor(
            "soapbox-pub.tesla_mock.craigmaloney", [],
            .actor("https://peertube.social/accounts/craigmaloney", handle: "craigmaloney@peertube.social"),
            .name("Craig Maloney")),
        Sample(
            file: "soapbox-pub.tesla_mock.framasoft_framatube.org", feed: .handle("framasoft@framatube.org"),
            given: [.serves("soapbox-pub.tesla_mock.https___framatube.org_accounts_framasoft")],
            expected: [.actor("https://framatube.org/accounts/framasoft", handle: "framasoft@framatube.org")]),
        .actor(
            "soapbox-pub.tesla_mock.https___framatube.org_accounts_framasoft", [],
            .actor("https://framatube.org/accounts/framasoft", handle: "framasoft@framatube.org"),
            .name("Framasoft"), .page("https://framatube.org/accounts/framasoft")),
    ]
}
