import Basics
import HTTP
import HouseSupport
import Storage
import Testing

@testable import MastodonAPI

@Suite struct AnswerCacheTests {
    /// Asks and says whether the answer had to be made.
    private func makes(_ cache: AnswerCache, _ question: String, _ house: House, size: Int = 2) throws -> Bool
    {
        let version = try house.store.version()
        if let answer = cache.answer(to: question, at: house.time.now, version: version) {
            #expect(answer.body.length == size)
            return false
        }
        cache.keep(
            .json(.ok, [UInt8](repeating: 32, count: size)), to: question, at: house.time.now,
            version: version)
        return true
    }

    @Test func `an answer is kept until something is committed or half a minute has passed`() async throws {
        let house = try await House.make()
        let cache = AnswerCache()
        #expect(try makes(cache, "a", house))
        #expect(try !makes(cache, "a", house))
        #expect(try makes(cache, "b", house))
        try await house.store.write { tx in try Settings.set(.cleanStop, to: "1", in: tx) }
        #expect(try makes(cache, "a", house))
        house.time.advance(by: .seconds(29))
        #expect(try !makes(cache, "a", house))
        house.time.advance(by: .seconds(1))
        #expect(try makes(cache, "a", house))
    }

    @Test func `only so many answers are kept, no large ones, and those that are asked for stay`()
        async throws
    {
        let house = try await House.make()
        let cache = AnswerCache()
        for number in 0..<24 { #expect(try makes(cache, "\(number)", house)) }
        #expect(try !makes(cache, "0", house))
        #expect(try makes(cache, "one more", house))
        #expect(try !makes(cache, "0", house))
        #expect(try makes(cache, "1", house))
        #expect(try makes(cache, "large", house, size: 131_073))
        #expect(try makes(cache, "large", house, size: 131_073))
        for question in ["first", "second", "third", "fourth"] {
            #expect(try makes(cache, question, house, size: 131_072))
        }
        #expect(try !makes(cache, "second", house, size: 131_072))
        #expect(try makes(cache, "first", house, size: 131_072))
    }

    @Test func `what a visitor is answered is not what the owner is answered`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let path = "/api/v1/timelines/home"
        #expect(try await house.get(path, token).status == 200)
        #expect(try await house.get(path).status == 401)
        #expect(try await house.get(path, "another").status == 401)
    }

    @Test func `what every app asks for at its start is kept`() async throws {
        let house = try await House.make()
        let kept = house.api.endpoints.filter(\.isKept).map(\.path)
        #expect(
            Set(kept) == [
                "/api/v1/accounts/verify_credentials", "/api/v1/instance", "/api/v2/instance",
                "/api/v1/preferences", "/api/v1/timelines/home",
            ])
    }

    @Test func `a token that was just revoked opens nothing any more`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        #expect(try await house.get("/api/v1/preferences", token).status == 200)
        _ = try await house.store.write { tx in try OAuthTokens.removeAll(in: tx) }
        #expect(try await house.get("/api/v1/preferences", token).status == 401)
    }

    @Test func `a new post is in the very next home timeline`() async throws {
        let house = try await House.make()
        let token = try await house.token()
        let bob = try await house.makeActor()
        for count in 1...3 {
            _ = try await house.makeStatus(by: bob)
            for _ in 0..<2 {
                #expect(try await house.get("/api/v1/timelines/home", token).ids.count == count)
            }
        }
    }
}
