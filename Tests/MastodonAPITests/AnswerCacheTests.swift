import Basics
import HTTP
import Storage
import Testing

@testable import MastodonAPI

@Suite struct AnswerCacheTests {
    /// Asks and says whether the answer had to be made.
    private func makes(_ cache: AnswerCache, _ question: String, _ house: House, size: Int = 2) throws -> Bool
    {
        var isMade = false
        let answer = try house.store.read { snapshot in
            try cache.answer(to: question, at: house.time.now, in: snapshot) {
                isMade = true
                return .json(.ok, [UInt8](repeating: 32, count: size))
            }
        }
        #expect(answer.body.length == size)
        return isMade
    }

    @Test func `an answer is kept until something is committed or half a minute has passed`() async throws {
        let house = try await House.make()
        let cache = AnswerCache()
        #expect(try makes(cache, "a", house))
        #expect(try !makes(cache, "a", house))
        #expect(try makes(cache, "b", house))
        try await house.store.write { tx in try Settings.set(.mediaSecret, to: "x", in: tx) }
        #expect(try makes(cache, "a", house))
        house.time.advance(by: .seconds(29))
        #expect(try !makes(cache, "a", house))
        house.time.advance(by: .seconds(1))
        #expect(try makes(cache, "a", house))
    }

    @Test func `only a few answers are kept, and no large ones`() async throws {
        let house = try await House.make()
        let cache = AnswerCache()
        for question in ["a", "b", "c", "d"] { #expect(try makes(cache, question, house)) }
        #expect(try makes(cache, "a", house))
        #expect(try !makes(cache, "d", house))
        #expect(try makes(cache, "large", house, size: 131_073))
        #expect(try makes(cache, "large", house, size: 131_073))
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
