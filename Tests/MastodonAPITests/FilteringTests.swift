import Basics
import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

/// What filters do to posts.
@Suite struct FilteringTests {
    private func makeFilter(
        _ house: House, _ token: String, _ keyword: String, _ more: String = ""
    ) async throws -> String {
        let answer = try await house.post(
            "/api/v2/filters", token,
            "title=T&context[]=home&keywords_attributes[][keyword]=\(keyword)\(more.isEmpty ? "" : "&" + more)"
        )
        return try #require(try answer.json["id"]?.string)
    }

    /// The texts that matched, of each post of the home timeline.
    private func matches(_ house: House, _ token: String) async throws -> [[String]] {
        try await house.get("/api/v1/timelines/home", token).json.elements.map { status in
            (status["filtered"]?.elements ?? []).flatMap { result in
                (result["keyword_matches"]?.elements ?? []).compactMap(\.string)
            }
        }
    }

    @Test func `a post that a hide filter matches is still answered, with the result`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let post = try await house.makeStatus(by: bob, "<p>Goal! <b>Foot</b>ball</p>")
        _ = try await house.makeStatus(by: bob, "<p>Chess</p>")
        let id = try await makeFilter(house, token, "FOOTBALL", "filter_action=hide&context[]=thread")
        let home = try await house.get("/api/v1/timelines/home", token).json.elements
        #expect(home.count == 2)
        #expect(home[0]["filtered"]?.elements.isEmpty == true)
        let expected = """
            [{"filter":{"id":"\(id)","title":"T","context":["home","thread"],"expires_at":null,\
            "filter_action":"hide"},"keyword_matches":["FOOTBALL"],"status_matches":null}]
            """
        #expect(home[1]["filtered"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == expected)
        let single = try await house.get("/api/v1/statuses/\(post)", token).json
        #expect(
            single["filtered"].map { String(decoding: $0.rawBytes, as: UTF8.self) } == expected,
            "in every context, for the app knows where it shows it")
    }

    @Test func `all that can be read is looked at`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let plain = try await house.makeStatus(by: bob, "<p>x<br>y &amp; z</p>")
        let id = try await house.makeStatus(by: bob, "<p>text</p>")
        let now = house.time.now
        try await house.store.write { tx in
            var status = try #require(try Statuses.find(plain, in: tx))
            status.spoiler = "Warning of spiders"
            try Statuses.update(status, in: tx)
            var file = Attachment(kind: .image, createdAt: now)
            file.status = id
            file.remoteURL = "https://far.example/a.png"
            file.description = "A tarantula"
            _ = try Attachments.insert(file, in: tx)
            try Polls.save(
                Poll(
                    status: id, isMultiple: false, endsAt: nil,
                    options: [Poll.Option(name: "Scorpions", votes: 0)], readAt: now), in: tx)
        }
        for word in ["spiders", "tarantula", "scorpions", "y+%26+z", "span"] {
            _ = try await makeFilter(house, token, word)
        }
        #expect(try await matches(house, token) == [["tarantula", "scorpions"], ["spiders", "y & z"]])
    }

    @Test func `of a boost the wrapper and the boosted post have the result`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        let post = try await house.makeStatus(by: bob, "<p>Cats</p>", isHome: false)
        let boost = try await house.makeStatus(by: house.makeActor("ann"), reblogOf: post)
        let filter = try await makeFilter(house, token, "cats")
        let shown = try #require(try await house.get("/api/v1/timelines/home", token).json.elements.first)
        #expect(shown["filtered"]?.elements.count == 1)
        #expect(shown["reblog"]?["filtered"]?.elements.count == 1)
        _ = try await house.post("/api/v2/filters/\(filter)/statuses", token, "status_id=\(boost)")
        let named = try #require(try await house.get("/api/v1/timelines/home", token).json.elements.first)
        #expect(named["filtered"]?.elements.first?["status_matches"]?.elements.map(\.string) == ["\(boost)"])
    }

    @Test func `a filter ends by itself, and a change holds at once`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        _ = try await house.makeStatus(by: house.makeActor(), "<p>Cats and dogs</p>")
        let cats = try await makeFilter(house, token, "cats", "expires_in=60")
        let dogs = try await makeFilter(house, token, "dogs")
        #expect(try await matches(house, token) == [["cats", "dogs"]])
        house.time.advance(by: .seconds(61))
        #expect(try await matches(house, token) == [["dogs"]])
        _ = try await house.send(.delete, "/api/v2/filters/\(dogs)", token)
        #expect(try await matches(house, token) == [[]])
        _ = try await house.send(.put, "/api/v2/filters/\(cats)", token, "expires_in=")
        #expect(try await matches(house, token) == [["cats"]])
    }

    @Test func `a keyword that looks like a regular expression is plain text`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        _ = try await house.makeStatus(by: bob, "<p>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!</p>")
        _ = try await house.makeStatus(by: bob, "<p>Look: (a+)+$ and .*</p>")
        for word in ["(a%2B)%2B$", ".*", "[", "(?%3C!"] {
            _ = try await makeFilter(house, token, word, "keywords_attributes[][whole_word]=false")
        }
        #expect(try await matches(house, token) == [["(a+)+$", ".*"], []])
    }

    @Test func `a post on a stream has the result too`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let id = try await house.makeStatus(by: house.makeActor(), "<p>Cats</p>")
        _ = try await makeFilter(house, token, "cats")
        let news = try house.store.read { try house.api.news(of: [.home(id), .filtersChanged], in: $0) }
        let status = try Document(Array(try #require(news.first?.message.payload).utf8)).root
        #expect(status["filtered"]?.elements.count == 1)
        #expect(news.last?.message.payload == nil)
    }

    @Test func `visitors see nothing of the owner's filters`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let post = try await house.post("Cats", token: token)
        _ = try await makeFilter(house, token, "cats")
        #expect(try await house.get("/api/v1/statuses/\(post)", token).json["filtered"]?.elements.count == 1)
        #expect(try await house.get("/api/v1/statuses/\(post)").json["filtered"] == nil)
    }

    @Test func `filters cost one statement a page once they are known, however many`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for _ in 0..<20 { _ = try await house.makeStatus(by: bob, "<p>Cats</p>") }
        func statements(_ limit: Int) async throws -> Int {
            // The token is known from here on.
            _ = try await house.get("/api/v1/preferences", token)
            let before = house.store.statementsRead
            _ = try await house.get("/api/v1/timelines/home?limit=\(limit)", token)
            return house.store.statementsRead - before
        }
        let without = try await statements(20)
        for word in ["cats", "dogs", "birds"] { _ = try await makeFilter(house, token, word) }
        _ = try await statements(5)
        #expect(try await statements(20) == without)
        #expect(try await statements(1) == without)
    }
}
