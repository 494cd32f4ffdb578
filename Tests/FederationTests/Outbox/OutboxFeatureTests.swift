import Basics
import Federation
import JSON
import Storage
import Testing

struct OutboxFeatureTests {
    @Test func `a pin is told to followers, once each way`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        let id = try await house.post()
        for _ in 0..<2 { try await house.act { outbox, tx in try outbox.pin(id, in: tx) } }
        #expect(try house.read { try Pins.of(house.identity.owner, in: $0) } == [id])
        for _ in 0..<2 { try await house.act { outbox, tx in try outbox.unpin(id, in: tx) } }
        let sent = try await house.sent()
        #expect(sent.map(\.kind) == ["Add", "Remove"])
        #expect(sent.allSatisfy { $0.object?.string == house.identity.status(id) })
        #expect(sent.allSatisfy { $0.document["target"]?.string == house.identity.featured })
        #expect(try house.read { try Pins.of(house.identity.owner, in: $0) }.isEmpty)
    }

    @Test func `a pinned post for fewer people is told to nobody`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        let id = try await house.post(visibility: .private)
        try await house.act { outbox, tx in try outbox.pin(id, in: tx) }
        #expect(try house.read { try Pins.contains(id, in: $0) })
        #expect(try await house.sent().isEmpty)
    }

    @Test func `nobody else's post is pinned`() async throws {
        let house = try await Household()
        let id = try await house.theirs(try await house.neighbour("bob"), "https://b.example/posts/1")
        try await house.act { outbox, tx in try outbox.pin(id, in: tx) }
        #expect(try house.read { try !Pins.contains(id, in: $0) })
    }

    @Test func `a hashtag is featured as it was written`() async throws {
        let house = try await Household()
        _ = try await house.neighbour("fan", follows: true)
        for _ in 0..<2 { try await house.act { outbox, tx in try outbox.featureTag("SwiftLang", in: tx) } }
        #expect(try house.read { try FeaturedTags.of(house.identity.owner, in: $0) } == ["swiftlang"])
        for _ in 0..<2 { try await house.act { outbox, tx in try outbox.unfeatureTag("swiftlang", in: tx) } }
        let sent = try await house.sent()
        #expect(sent.map(\.kind) == ["Add", "Remove"])
        #expect(sent.first?.object?["name"]?.string == "#SwiftLang")
        #expect(sent.first?.object?["href"]?.string == "https://islet.example/tags/swiftlang")
    }
}
