import HTTP
import Storage
import Testing

@testable import MastodonAPI

@Suite struct StreamNameTests {
    @Test(
        arguments: [
            ("user", nil, nil, StreamName.user, ["user"]),
            ("user:notification", nil, nil, .notifications, ["user:notification"]),
            ("direct", nil, nil, .direct, ["direct"]),
            ("public", nil, nil, .posts(from: .anywhere, onlyMedia: false), ["public"]),
            ("public:media", nil, nil, .posts(from: .anywhere, onlyMedia: true), ["public:media"]),
            ("public:local", nil, nil, .posts(from: .here, onlyMedia: false), ["public:local"]),
            ("public:local:media", nil, nil, .posts(from: .here, onlyMedia: true), ["public:local:media"]),
            ("public:remote", nil, nil, .posts(from: .elsewhere, onlyMedia: false), ["public:remote"]),
            (
                "public:remote:media", nil, nil, .posts(from: .elsewhere, onlyMedia: true),
                ["public:remote:media"]
            ),
            ("hashtag", "Cats", nil, .hashtag("cats", isLocal: false), ["hashtag", "Cats"]),
            ("hashtag", "#cats", nil, .hashtag("cats", isLocal: false), ["hashtag", "#cats"]),
            ("hashtag:local", "ÉTÉ", "7", .hashtag("été", isLocal: true), ["hashtag:local", "ÉTÉ"]),
            ("list", "x", "12", .list(ListID(12)), ["list", "12"]),
        ] as [(String, String?, String?, StreamName, [String])])
    func `a stream is known by its name, and called as its app called it`(
        name: String, tag: String?, list: String?, stream: StreamName, label: [String]
    ) throws {
        let subscription = try StreamSubscription(name, tag: tag, list: list)
        #expect(subscription.stream == stream)
        #expect(subscription.label == label)
    }

    @Test func `only_media is another way to say media`() throws {
        let subscription = try StreamSubscription("public:local", tag: nil, list: nil, onlyMedia: true)
        #expect(subscription.stream == .posts(from: .here, onlyMedia: true))
        #expect(subscription.label == ["public:local:media"])
        #expect(try StreamSubscription("user", tag: nil, list: nil, onlyMedia: true).stream == .user)
    }

    @Test(
        arguments: [
            ("", nil, nil, 400), ("home", nil, nil, 400), ("User", nil, nil, 400),
            ("public:media:media", nil, nil, 400),
            ("user:media", nil, nil, 400), ("hashtag", nil, "1", 400), ("hashtag", "", nil, 400),
            ("hashtag:local", "#", nil, 400), ("hashtag", String(repeating: "a", count: 401), nil, 400),
            ("list", "a", nil, 400), ("list", nil, "", 400), ("list", nil, "x", 404),
            ("list", nil, "-1", 404),
            ("list", nil, "99999999999999999999", 404),
        ] as [(String, String?, String?, Int)])
    func `what is no stream is refused`(name: String, tag: String?, list: String?, status: Int) throws {
        let error = #expect(throws: APIError.self) { try StreamSubscription(name, tag: tag, list: list) }
        #expect(error?.status.code == status)
    }

    private static let post = StatusID(1)
    private static let streams: [(String, StreamName)] = [
        ("user", .user), ("notifications", .notifications), ("direct", .direct),
        ("public", .posts(from: .anywhere, onlyMedia: false)),
        ("media", .posts(from: .anywhere, onlyMedia: true)),
        ("local", .posts(from: .here, onlyMedia: false)),
        ("remote", .posts(from: .elsewhere, onlyMedia: false)),
        ("tag", .hashtag("cats", isLocal: false)), ("local tag", .hashtag("cats", isLocal: true)),
        ("list", .list(ListID(3))), ("other list", .list(ListID(4))),
    ]

    private func taking(_ event: Event, _ post: StreamedPost? = nil) -> Set<String> {
        Set(StreamNameTests.streams.filter { $0.1.takes(event, post) }.map(\.0))
    }

    @Test(
        arguments: [
            (.home(post), ["user"]),
            (.listed(post, ListID(3)), ["list"]),
            (.notified(NotificationID(1)), ["user", "notifications"]),
            (.notificationsMerged, ["user", "notifications"]),
            (.filtersChanged, ["user"]),
            (.conversation(ConversationID(1)), ["direct"]),
            (
                .removed(post),
                ["user", "public", "media", "local", "remote", "tag", "local tag", "list", "other list"]
            ),
            (.revoked([1]), []),
        ] as [(Event, [String])])
    func `an event goes to its streams`(event: Event, streams: [String]) {
        #expect(taking(event) == Set(streams))
    }

    @Test(
        arguments: [
            (StreamedPost(visibility: .public), ["public", "remote"]),
            (StreamedPost(visibility: .public, isOwn: true), ["public", "local"]),
            (StreamedPost(visibility: .public, hasMedia: true), ["public", "remote", "media"]),
            (StreamedPost(visibility: .public, hashtags: ["dogs", "cats"]), ["public", "remote", "tag"]),
            (
                StreamedPost(visibility: .public, isOwn: true, hashtags: ["cats"]),
                ["public", "local", "tag", "local tag"]
            ),
            (StreamedPost(visibility: .public, hashtags: ["catsanddogs"]), ["public", "remote"]),
            (StreamedPost(visibility: .public, isBoost: true, hasMedia: true, hashtags: ["cats"]), []),
            (StreamedPost(visibility: .unlisted, hasMedia: true, hashtags: ["cats"]), []),
            (StreamedPost(visibility: .private, isOwn: true, hashtags: ["cats"]), []),
            (StreamedPost(visibility: .direct, isOwn: true, hashtags: ["cats"]), []),
        ] as [(StreamedPost, [String])])
    func `a new post goes where the page of that timeline shows it, an edited one also home and to lists`(
        post: StreamedPost, streams: [String]
    ) {
        #expect(taking(.added(StreamNameTests.post), post) == Set(streams))
        #expect(
            taking(.edited(StreamNameTests.post), post) == Set(streams + ["user", "list", "other list"]))
    }

    @Test func `before a post is known it may be for every timeline of public posts`() {
        let streams: Set = ["public", "media", "local", "remote", "tag", "local tag"]
        #expect(taking(.added(StreamNameTests.post)) == streams)
        #expect(
            taking(.edited(StreamNameTests.post)) == streams.union(["user", "list", "other list"]))
    }

    @Test(arguments: [
        (StreamName.user, "read:statuses", true), (.user, "read", true), (.user, "read:notifications", false),
        (.notifications, "read:notifications", true), (.notifications, "read:statuses", false),
        (.list(ListID(1)), "read:lists", true), (.list(ListID(1)), "read:statuses", true),
        (.list(ListID(1)), "write", false), (.direct, "read:statuses", true), (.direct, "read:lists", false),
        (.hashtag("a", isLocal: true), "read:statuses", true),
        (.posts(from: .anywhere, onlyMedia: true), "read:accounts", false),
    ])
    func `a stream wants its scope`(stream: StreamName, scopes: String, isAllowed: Bool) {
        #expect(stream.scopes.contains(where: ScopeSet(scopes).allows) == isAllowed)
    }
}
