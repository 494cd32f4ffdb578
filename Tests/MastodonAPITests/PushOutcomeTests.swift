import Basics
import HTTP
import Testing

@testable import MastodonAPI

@Suite struct PushOutcomeTests {
    private static let now = Timestamp(milliseconds: 1_760_000_000_000)

    private func outcome(_ code: Int, retryAfter: String? = nil) throws -> PushOutcome {
        var fields = Fields()
        if let retryAfter { fields.append("Retry-After", retryAfter) }
        let url = try #require(WebURL("https://push.example/"))
        return PushOutcome(
            OutboundResponse(status: HTTP.Status(code), fields: fields, url: url), at: Self.now)
    }

    @Test(arguments: [200, 201, 202, 204])
    func `what was taken is done`(code: Int) throws {
        #expect(try outcome(code) == .delivered)
    }

    @Test(arguments: [400, 401, 403, 404, 405, 410, 422, 451])
    func `who does not want it any more is not asked again`(code: Int) throws {
        #expect(try outcome(code) == .over(reason: "HTTP \(code)"))
    }

    @Test(arguments: [408, 429, 500, 502, 503, 599])
    func `what passes is tried again, when the other side says`(code: Int) throws {
        #expect(try outcome(code) == .later(reason: "HTTP \(code)", after: nil))
        #expect(
            try outcome(code, retryAfter: "77") == .later(reason: "HTTP \(code)", after: .seconds(77)))
    }

    @Test(arguments: [301, 304, 413])
    func `one message is dropped, and the next is tried`(code: Int) throws {
        #expect(try outcome(code) == .dropped(reason: "HTTP \(code)"))
    }

    @Test func `without an answer it is tried again, unless we must not ask`() {
        #expect(PushOutcome(SendError.timedOut) == .later(reason: "timedOut", after: nil))
        #expect(PushOutcome(SendError.nameNotFound) == .later(reason: "nameNotFound", after: nil))
        #expect(PushOutcome(SendError.addressRefused) == .dropped(reason: "addressRefused"))
    }

    @Test func `the wait grows to an hour, and to a day where that is asked`() {
        func delay(_ attempt: Int, _ asked: Duration? = nil) -> Duration {
            PushOutcome.delay(afterAttempt: attempt, asked: asked, jitter: 0.5)
        }
        #expect(delay(1) == .seconds(60) && delay(2) == .seconds(180))
        #expect(
            delay(20) == .hours(1) && delay(1, .hours(5)) == .hours(5) && delay(3, .seconds(1)) == delay(3))
    }
}
