import Basics
import HTTP
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Federation

struct ShieldTests {
    private struct Fault: Error {}

    private func asked(_ etags: String? = nil) -> Request {
        Request(.get, "/", fields: Fields(etags.map { [("If-None-Match", $0)] } ?? []))
    }

    /// Asks and says whether the answer had to be made.
    private func makes(
        _ house: Household, _ key: Shield.Key = .page("a"), _ response: Response = .html(.ok, [1])
    ) async throws -> Bool {
        var isMade = false
        let answer = try await house.shield.answer(key, to: asked()) {
            isMade = true
            return response
        }
        #expect(answer.bytes == response.bytes)
        return isMade
    }

    @Test func `an answer is made once for everybody, and its two faces are not mixed up`() async throws {
        let house = try await Household()
        #expect(try await makes(house))
        let statements = house.store.statementsRead
        #expect(try await !makes(house))
        #expect(house.store.statementsRead == statements)
        #expect(try await makes(house, .document("a"), .json(.ok, [2])))
        #expect(try await !makes(house))
    }

    @Test(arguments: [Changes.owner, .ownPosts, .blocks, .domainBlocks])
    func `what the owner does is seen at once`(change: Changes) async throws {
        let house = try await Household()
        _ = try await makes(house)
        try await house.store.write { $0.announce(change) }
        #expect(try await makes(house))
    }

    @Test func `what others do is seen after five seconds, and nothing is made while nobody does anything`()
        async throws
    {
        let house = try await Household()
        let id = try await house.post()
        let ann = try await house.stranger("ann")
        _ = try await makes(house)
        house.clock.move(to: house.clock.now + .seconds(5))
        #expect(try await !makes(house))
        try await house.store.write { tx in
            _ = try Favourites.insert(actor: ann, status: id, uri: "l", in: tx)
        }
        #expect(try await !makes(house))
        house.clock.move(to: house.clock.now + .seconds(4))
        #expect(try await !makes(house))
        house.clock.move(to: house.clock.now + .seconds(1))
        #expect(try await makes(house))
        #expect(try await !makes(house))
    }

    @Test func `what was read before a change is not kept after it`() async throws {
        let house = try await Household()
        _ = try await house.shield.answer(.page("a"), to: asked()) {
            try await house.store.write { $0.announce(.ownPosts) }
            return .html(.ok, [0])
        }
        #expect(try await makes(house))
        #expect(try await !makes(house))
    }

    @Test func `who asks after a change does not wait for what was begun before it`() async throws {
        let house = try await Household()
        let old = try await house.shield.answer(.page("a"), to: asked()) {
            try await house.store.write { $0.announce(.ownPosts) }
            #expect(try await makes(house))
            return .html(.ok, [0])
        }
        #expect(old.bytes == [0])
        #expect(try await !makes(house), "the newer one stays")
    }

    private final class Count: Sendable {
        let value = Mutex(0)
    }

    @Test func `all who ask at the same time share one making`() async throws {
        let house = try await Household()
        let made = Count()
        let answers = await withTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    // A fault is missing in what is compared below.
                    let answer = try? await house.shield.answer(.page("a"), to: nil) {
                        made.value.withLock { $0 += 1 }
                        for _ in 0..<20 { await Task.yield() }
                        return .html(.ok, [7])
                    }
                    return answer?.bytes
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers == [[UInt8]?](repeating: [7], count: 50))
        #expect(made.value.withLock { $0 } == 1)
    }

    @Test(arguments: [HTTP.Status.notFound, .gone, .found, .serviceUnavailable])
    func `only what is there is kept`(status: HTTP.Status) async throws {
        let house = try await Household()
        #expect(try await makes(house, .page("a"), .text(status, "no")))
        #expect(try await makes(house, .page("a"), .text(status, "no")))
        #expect(house.shield.load == (0, 0))
    }

    @Test func `what is too large is given and not kept`() async throws {
        let house = try await Household()
        let large = Response.html(.ok, [UInt8](repeating: 32, count: Shield.Bounds().largest))
        #expect(try await makes(house, .page("a"), large))
        #expect(try await makes(house, .page("a"), large))
    }

    @Test func `a fault is everybody's who waited, and is not kept`() async throws {
        let house = try await Household()
        await #expect(throws: Fault.self) {
            try await house.shield.answer(.page("a"), to: nil) { throw Fault() }
        }
        #expect(try await makes(house))
    }

    @Test func `who has it is told so, with the fields of the answer`() async throws {
        let house = try await Household()
        func get(_ etags: String?) async throws -> Response {
            try await house.shield.answer(.page("a"), to: asked(etags)) {
                var response = Response.html(.ok, Array("Hello".utf8))
                response.fields["Cache-Control"] = "public, max-age=60"
                return response
            }
        }
        let etag = try #require(try await get(nil).fields["ETag"])
        for known in [etag, "W/\(etag)", "\"other\", \(etag)", "*"] {
            let answer = try await get(known)
            #expect(answer.status == .notModified && answer.bytes.isEmpty)
            #expect(answer.fields["ETag"] == etag && answer.fields["Content-Type"] == nil)
            #expect(answer.fields["Cache-Control"] == "public, max-age=60")
        }
        #expect(try await get("\"other\"").status == .ok)
        let whole = try await house.shield.answer(.page("a"), to: nil) { throw Fault() }
        #expect(whole.status == .ok, "for who is given it in another way")
    }

    @Test func `an ETag that the answer brings is its own`() async throws {
        let house = try await Household()
        var response = Response.html(.ok, [1])
        response.fields["ETag"] = "\"mine\""
        let answer = try await house.shield.answer(.page("a"), to: asked("\"mine\"")) { [response] in response
        }
        #expect(answer.status == .notModified)
    }

    @Test func `who asks in the words of somebody before is answered at once, with the face they want`()
        async throws
    {
        let house = try await Household()
        let page = Request(.get, "/a?x", fields: ["Accept": "text/html"])
        let document = Request(.get, "/a?x", fields: ["Accept": "application/activity+json"])
        func atHand(_ request: Request) -> [UInt8]? {
            house.shield.atHand(request.target, request.fields)?.bytes
        }
        #expect(atHand(page) == nil)
        _ = try await house.shield.answer(.page("a"), to: page) { .html(.ok, [1]) }
        #expect(atHand(page) == [1] && atHand(document) == nil)
        #expect(atHand(Request(.get, "/a", fields: ["Accept": "text/html"])) == nil, "other words")
        _ = try await house.shield.answer(.document("a"), to: document) { .json(.ok, [2]) }
        #expect(atHand(page) == [1] && atHand(document) == [2])
        let etag = house.shield.atHand(page.target, page.fields)?.fields["ETag"] ?? ""
        let known = house.shield.atHand(page.target, ["Accept": "text/html", "If-None-Match": etag])
        #expect(known?.status == .notModified)
        try await house.store.write { $0.announce(.ownPosts) }
        #expect(atHand(page) == nil && atHand(document) == nil)
    }

    @Test func `what has to be looked at again is not at hand`() async throws {
        let house = try await Household()
        let asked = Request(.get, "/a")
        _ = try await house.shield.answer(.page("a"), to: asked) { .html(.ok, [1]) }
        try await house.store.write { tx in try Settings.set(.cleanStop, to: "1", in: tx) }
        #expect(house.shield.atHand(asked.target, asked.fields) != nil)
        house.clock.move(to: house.clock.now + .seconds(5))
        #expect(house.shield.atHand(asked.target, asked.fields) == nil)
    }

    @Test func `what only those who sign may have is never at hand`() async throws {
        let house = try await Household()
        _ = try await house.shield.answer(.document("a"), to: nil) { .json(.ok, [1]) }
        #expect(house.shield.atHand(asked().target, ["Accept": "application/activity+json"]) == nil)
    }
}
