import Basics
import Crypto
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct PushMessageTests {
    /// Addresses of pictures are this server's own, and have a bound.
    private let icon = "https://home.example/media/avatar/" + String(repeating: "1", count: 42)

    private func actor(_ name: String = "Bob") -> Actor {
        var actor = Actor(
            uri: "https://far.example/users/bob", username: "bob", domain: "far.example",
            createdAt: Timestamp(milliseconds: 0))
        actor.name = name
        actor.summary = "<p>I am <b>Bob</b> &amp; nobody else</p>"
        return actor
    }

    private func status(_ content: String, spoiler: String = "") -> Storage.Status {
        var status = Storage.Status(
            uri: "https://far.example/1", actor: ActorID(1), createdAt: Timestamp(milliseconds: 0),
            visibility: .public)
        status.content = content
        status.spoiler = spoiler
        return status
    }

    private func message(
        _ kind: Notification.Kind, _ actor: Actor, _ status: Storage.Status? = nil
    ) async throws -> PushMessage {
        let house = try await House.make()
        let now = house.time.now
        let notification = try await house.store.write { tx in
            try Notifications.add(kind, from: ActorID(1), status: nil, at: now, in: tx)
            return try Notifications.find(NotificationID(now.milliseconds * 1_000), in: tx)
        }
        return PushMessage(try #require(notification), from: actor, about: status, icon: icon)
    }

    private func json(_ message: PushMessage) throws -> JSONValue {
        try Document(message.json(token: "the token", locale: "de")).root
    }

    @Test func `trap 7: notification_id is an integer below 2^53`() async throws {
        let json = try json(try await message(.follow, actor()))
        let id = try #require(json["notification_id"])
        #expect(id.kind == .number)
        #expect(try #require(id.int) < 1 << 53)
    }

    @Test func `all members that apps decode are there`() async throws {
        let json = try json(
            try await message(
                .mention, actor(),
                status("<p>Hello <a href=\"/\">you</a></p>")))
        #expect(json["access_token"]?.string == "the token" && json["preferred_locale"]?.string == "de")
        #expect(json["notification_type"]?.string == "mention")
        #expect(json["title"]?.string == "You were mentioned by Bob")
        #expect(json["body"]?.string == "Hello you")
        #expect(json["icon"]?.string == icon)
        #expect(json.members.count == 7)
    }

    @Test func `a warning stands for the text, and without a post people speak for themselves`() async throws
    {
        #expect(try await message(.mention, actor(), status("<p>x</p>", spoiler: "Eggs")).body == "Eggs")
        let follow = try await message(.follow, actor(""))
        #expect(follow.body == "I am Bob & nobody else" && follow.title == "bob is now following you")
        #expect(follow.icon == icon)
    }

    @Test(arguments: Notification.Kind.allCases)
    func `every kind has a title with the name in it`(kind: Notification.Kind) async throws {
        #expect(try await message(kind, actor(), status("x")).title.contains("Bob"))
    }

    @Test func `the text has at most 140 characters`() async throws {
        let long = try await message(
            .mention, actor(), status("<p>" + String(repeating: "a", count: 500) + "</p>"))
        #expect(long.body.count == 140 && long.body.hasSuffix("\u{2026}"))
        let piled = String(repeating: "a" + String(repeating: "\u{301}", count: 50), count: 200)
        for body in [
            try await message(.mention, actor(), status(piled)).body,
            try await message(.mention, actor(), status("x", spoiler: piled)).body,
        ] {
            #expect(body.unicodeScalars.count <= 140)
        }
    }

    @Test func `the worst that somebody can be called still fits into one message`() async throws {
        let worst = String(repeating: "\u{1F468}\u{200D}", count: 5_000)
        let controls = String(repeating: "\u{1}\"\\", count: 5_000)
        for text in [worst, controls] {
            let message = try await message(
                .quotedUpdate,
                actor(text),
                status(text, spoiler: text))
            let json = message.json(token: String(repeating: "t", count: 64), locale: "zh-Hant-TW")
            #expect(json.count <= PushEncryption.longestText)
        }
    }
}
