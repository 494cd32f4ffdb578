import Basics
import Federation
import HTTP
import HouseSupport
import JSON
import Storage
import Synchronization
import Testing

@testable import MastodonAPI

/// From a link in a post to its preview, with everything between but the network.
@Suite struct LinkPreviewStoryTests {
    private static let page = """
        <html lang="en"><meta property="og:title" content="Frogs &lt;3"><meta property="og:description" content="All of \
        them"><meta property="og:site_name" content="Pond"><meta property="og:image" content="/f.png">
        <meta property="og:image:width" content="600"><meta property="og:image:height" content="400">
        <meta property="og:image:alt" content="A frog"><meta name="author" content="Ann">
        <meta property="article:published_time" content="2025-01-02T03:04:05Z"></html>
        """
    private static let link = "https://pond.example/frogs?a=1&b=2"
    private static let text =
        "<p><a href=\"https://pond.example/frogs?a=1&amp;b=2\" rel=\"nofollow\">x</a></p>"

    private func house(type: String = "text/html; charset=utf-8") async throws -> (House, Requests) {
        let house = try await House.make()
        let requests = Requests()
        house.network.withLock { network in
            network = { request in
                requests.value.withLock { $0.append(request) }
                return OutboundResponse(
                    status: .ok, fields: ["Content-Type": type], body: Array(Self.page.utf8), url: request.url
                )
            }
        }
        return (house, requests)
    }

    private func work(_ house: House) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await house.linkPreviews.run() }
            try await LinkPreviewWaiting.untilIdle(house.linkPreviews, house.time)
            group.cancelAll()
        }
    }

    private func card(_ house: House, _ id: StatusID, _ token: String?) async throws -> JSONValue? {
        try await house.get("/api/v1/statuses/\(id)", token).json["card"]
    }

    @Test func `the first look at a link has no preview, the next one has`() async throws {
        let (house, requests) = try await house()
        let token = try await house.token()
        let id = try await house.makeStatus(by: try await house.makeActor(), Self.text)
        let first = try await house.get("/api/v1/timelines/home", token)
        #expect(first.text.contains("\"card\":null"))
        #expect(requests.all.isEmpty, "posts from outside wait")
        try await work(house)
        let asked = try #require(requests.all.first)
        #expect(requests.all.count == 1 && asked.url.string == Self.link)
        #expect(asked.fields["Accept"] == "text/html" && asked.fields["Signature"] == nil)

        let preview = try house.store.read { try LinkPreviews.of([Self.link], in: $0) }[Self.link]
        let row = try #require(preview?.id)
        let image = house.identity.media(RemoteFile(.card, row), at: "https://pond.example/f.png")
        let card = """
            "card":{"url":"\(Self.link)","title":"Frogs <3","description":"All of them","type":"link",\
            "author_name":"Ann","author_url":"","provider_name":"Pond","provider_url":"https://pond.example",\
            "html":"","width":600,"height":400,"image":"\(image)","image_description":"A frog","embed_url":"",\
            "blurhash":null,"published_at":"2025-01-02T03:04:05.000Z","language":"en",\
            "authors":[{"name":"Ann","url":"","account":null}]},
            """.dropLast()
        let second = try await house.get("/api/v1/timelines/home", token)
        #expect(second.text.contains(card))
        // A boost shows that of what it boosts, and asks for nothing again.
        let boost = try await house.makeStatus(by: try await house.makeActor("eve"), reblogOf: id)
        let boosted = try await house.get("/api/v1/statuses/\(boost)", token).json
        #expect(boosted["reblog"]?["card"]?["title"]?.string == "Frogs <3")
        #expect(house.linkPreviews.isIdle)
    }

    @Test func `an own post has its preview at the next look`() async throws {
        let (house, requests) = try await house()
        let token = try await house.token()
        let begin = house.time.now
        let id = try await house.post("See+https://pond.example/frogs", token: token)
        #expect(!house.linkPreviews.isIdle)
        try await work(house)
        #expect(requests.all.count == 1)
        #expect(house.time.now == begin + .seconds(1), "nothing waited")
        #expect(try await card(house, id, token)?["title"]?.string == "Frogs <3")
    }

    @Test func `strangers see what is known and have nothing fetched`() async throws {
        let (house, requests) = try await house()
        let token = try await house.token()
        let id = try await house.post("See+https://pond.example/frogs", token: token)
        try await work(house)
        #expect(try await card(house, id, nil)?["title"]?.string == "Frogs <3")
        let other = try await house.store.write { tx in
            var status = try #require(try Statuses.find(id, in: tx))
            status.content = "<p><a href=\"https://pond.example/other\">x</a></p>"
            try Statuses.update(status, in: tx)
            return id
        }
        #expect(try await card(house, other, nil)?.isNull == true)
        #expect(house.linkPreviews.isIdle && requests.all.count == 1)
        _ = try await card(house, other, token)
        #expect(!house.linkPreviews.isIdle)
    }

    @Test(arguments: ["image/png", "application/json", "text/plain", ""])
    func `only pages are read`(type: String) async throws {
        let (house, requests) = try await house(type: type)
        let token = try await house.token()
        let id = try await house.post("See+https://pond.example/frogs", token: token)
        try await work(house)
        #expect(requests.all.count == 1)
        #expect(try await card(house, id, token)?.isNull == true)
        #expect(house.linkPreviews.isIdle, "nothing to show is remembered")
    }

    @Test
    func `a link to ourselves, to somebody mentioned, to the quoted post or beside files has no preview`()
        async throws
    {
        let (house, _) = try await house()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let quoted = try await house.makeStatus(by: bob)
        let own = try await house.makeStatus(by: bob, "<a href=\"https://home.example/about\">x</a>")
        let mention = try await house.makeStatus(by: bob, "<a href=\"https://far.example/@bob\">x</a>")
        let quote = try await house.makeStatus(
            by: bob, "<a href=\"https://far.example/posts/\(quoted)\">x</a>")
        let picture = try await house.makeStatus(by: bob, Self.text)
        let now = house.time.now
        try await house.store.write { tx in
            try Mentions.insert(status: mention, actor: bob, in: tx)
            try Quotes.save(
                Quote(
                    status: quote, quoted: quoted, quotedURI: "https://far.example/posts/\(quoted)",
                    state: .accepted, checkedAt: now), in: tx)
            var attachment = Attachment(kind: .image, createdAt: now)
            attachment.status = picture
            attachment.remoteURL = "https://far.example/a.png"
            _ = try Attachments.insert(attachment, in: tx)
        }
        for id in [own, mention, quote, picture] { _ = try await card(house, id, token) }
        #expect(house.linkPreviews.isIdle)
    }

    @Test func `a page of posts costs one statement more for its previews, however many there are`()
        async throws
    {
        let (house, _) = try await house()
        let token = try await house.token()
        let bob = try await house.makeActor()
        func statements(_ limit: Int) async throws -> Int {
            // The token is known from here on.
            _ = try await house.get("/api/v1/preferences", token)
            let before = house.store.statementsRead
            _ = try await house.get("/api/v1/timelines/home?limit=\(limit)", token)
            return house.store.statementsRead - before
        }
        for _ in 0..<3 { _ = try await house.makeStatus(by: bob) }
        _ = try await statements(20)
        let without = try await statements(21)
        for number in 0..<5 {
            _ = try await house.makeStatus(by: bob, "<a href=\"https://pond.example/\(number)\">x</a>")
        }
        _ = try await statements(20)
        let with = try await statements(21)
        #expect(with == without + 1)
    }

    @Test func `a long page is read to its bound and no further`() async throws {
        let (house, _) = try await house()
        let token = try await house.token()
        house.network.withLock { network in
            network = { request in
                let body =
                    "<title>Frogs</title>" + String(repeating: "x", count: 300_000)
                    + "<meta property=og:title content=late>"
                return OutboundResponse(
                    status: .ok, fields: ["Content-Type": "text/html"], body: Array(body.utf8),
                    url: request.url)
            }
        }
        let id = try await house.post("See+https://pond.example/frogs", token: token)
        try await work(house)
        #expect(try await card(house, id, token)?["title"]?.string == "Frogs")
    }

    @Test func `trap 3: a preview without a picture has null, never an empty address`() async throws {
        let (house, _) = try await house()
        let token = try await house.token()
        house.network.withLock { network in
            network = { request in
                OutboundResponse(
                    status: .ok, fields: ["Content-Type": "text/html"],
                    body: Array("<title>x</title><meta property=og:image content=' '>".utf8), url: request.url
                )
            }
        }
        let id = try await house.post("See+https://pond.example/frogs", token: token)
        try await work(house)
        #expect(try await card(house, id, token)?["image"]?.isNull == true)
    }
}

private final class Requests: Sendable {
    let value = Mutex<[OutboundRequest]>([])
    var all: [OutboundRequest] { value.withLock { $0 } }
}
