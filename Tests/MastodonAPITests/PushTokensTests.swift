import Basics
import Crypto
import HouseSupport
import JSON
import Storage
import Testing

@testable import MastodonAPI

@Suite struct PushTokensTests {
    private func claims(_ token: String) throws -> JSONValue {
        let part = try #require(token.split(separator: ".").dropFirst().first)
        return try Document(try #require(Base64.decodeLenient(part))).root
    }

    @Test func `a token names the origin, ends within a day, and says who to turn to`() async throws {
        let house = try await House.make()
        let tokens = PushTokens(store: house.store, contact: "https://home.example")
        let now = house.time.now
        let made = try tokens.credentials(for: "https://push.example:8443", at: now)
        let parts = made.token.split(separator: ".").compactMap(Base64.decodeLenient)
        #expect(parts.count == 3)
        let head = try Document(parts[0]).root
        #expect(head["alg"]?.string == "ES256" && head["typ"]?.string == "JWT")
        let claims = try claims(made.token)
        #expect(claims["aud"]?.string == "https://push.example:8443")
        #expect(claims["sub"]?.string == "https://home.example")
        let end = try #require(claims["exp"]?.int)
        #expect(Int64(end) > now.seconds && Int64(end) <= now.seconds + 86_400)
        #expect(parts[2].count == 64)
        #expect(!made.key.contains("=") && made.key.utf8.count == 87)
        let told = try house.store.read(PushKey.publicText)
        #expect(told == made.key + "=")
    }

    @Test func `a push service is shown the same token for hours, and each its own`() async throws {
        let house = try await House.make()
        let tokens = PushTokens(store: house.store, contact: "https://home.example")
        let now = house.time.now
        let first = try tokens.credentials(for: "https://a.example", at: now).token
        #expect(try tokens.credentials(for: "https://b.example", at: now).token != first)
        #expect(try tokens.credentials(for: "https://a.example", at: now + .hours(10)).token == first)
        let later = try tokens.credentials(for: "https://a.example", at: now + .hours(11)).token
        #expect(later != first)
        #expect(try claims(later)["exp"]?.int == Int((now + .hours(23)).seconds))
        // A clock that was set back must not make a token that is good for longer than allowed.
        let back = try tokens.credentials(for: "https://a.example", at: now - .days(1)).token
        #expect(try claims(back)["exp"]?.int == Int((now - .hours(12)).seconds))
    }

    @Test func `a store without key has nothing to show`() async throws {
        let house = try await House.make()
        try await house.store.write { try Settings.remove(.pushKey, in: $0) }
        let tokens = PushTokens(store: house.store, contact: "https://home.example")
        #expect(throws: KeyError.notPEM) {
            try tokens.credentials(for: "https://a.example", at: house.time.now)
        }
    }
}
