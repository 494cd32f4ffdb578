import Basics
import Federation
import HTTP
import TestSupport
import Testing

struct DeliveryPolicyTests {
    private func outcome(_ code: Int, retryAfter: String? = nil) throws -> DeliveryOutcome {
        let url = try #require(WebURL("https://far.example/inbox"))
        var fields = Fields()
        fields["Retry-After"] = retryAfter
        return DeliveryOutcome(
            OutboundResponse(status: Status(code), fields: fields, url: url), at: ManualClock.start)
    }

    @Test(arguments: [200, 201, 202, 204, 299])
    func `what the host took is done`(code: Int) throws {
        #expect(try outcome(code) == .delivered)
    }

    @Test(arguments: [
        300, 301, 302, 307, 308, 400, 402, 403, 405, 406, 409, 411, 413, 415, 418, 422, 451, 501,
    ])
    func `what it will never take is given up`(code: Int) throws {
        #expect(try outcome(code) == .refused(reason: "HTTP \(code)"))
    }

    @Test(arguments: [500, 502, 503, 504, 520, 599])
    func `what may pass is tried again`(code: Int) throws {
        #expect(try outcome(code) == .later(reason: "HTTP \(code)", after: nil, isUnsure: true))
    }

    @Test(arguments: [408, 425, 429])
    func `a host that is only busy is not in trouble`(code: Int) throws {
        #expect(try outcome(code) == .postponed(reason: "HTTP \(code)", after: nil))
    }

    @Test func `a signature that is not believed gets five attempts`() throws {
        #expect(try outcome(401) == .postponed(reason: "HTTP 401", after: nil, attempts: 5))
    }

    @Test(arguments: [SendError.overloaded, .cancelled])
    func `what is our own fault blames nobody`(error: SendError) {
        #expect(
            DeliveryOutcome(error)
                == .postponed(
                    reason: String(describing: error), after: nil, isUnsure: error == .cancelled))
    }

    @Test func `an inbox that is gone is gone`() throws {
        #expect(try outcome(410) == .gone)
    }

    @Test func `an inbox that is not there is missing`() throws {
        #expect(try outcome(404) == .missing)
    }

    @Test(arguments: [
        ("120", Duration.seconds(120)), ("0", .zero), ("-5", .zero), ("999999999", .hours(24)),
        ("9223372036854775807", .hours(24)),
        ("Tue, 02 Jan 2024 03:14:05 GMT", .minutes(10)), ("Tue, 02 Jan 2024 01:00:00 GMT", .zero),
        ("Fri, 31 Dec 9999 23:59:59 GMT", .hours(24)),
    ])
    func `the host may say when to come again, within a day`(value: String, wait: Duration) throws {
        #expect(
            try outcome(503, retryAfter: value) == .later(reason: "HTTP 503", after: wait, isUnsure: true))
    }

    @Test(arguments: ["", "soon", "99999999999999999999", "1.5"])
    func `a wish that cannot be read is none`(value: String) throws {
        #expect(try outcome(503, retryAfter: value) == .later(reason: "HTTP 503", after: nil, isUnsure: true))
    }

    @Test(arguments: [
        SendError.nameNotFound, .resolverFailed, .connectionFailed("refused"), .tls("expired"), .timedOut,
        .malformedResponse,
    ])
    func `no answer is tried again`(error: SendError) {
        let reason = String(describing: error)
        #expect(
            DeliveryOutcome(error) == .later(reason: reason, after: nil, isUnsure: error.mayHaveArrived))
    }

    @Test(arguments: [SendError.invalidURL, .addressRefused, .tooManyRedirects, .plainHTTPRefused])
    func `what we refuse ourselves is given up`(error: SendError) {
        guard case .refused = DeliveryOutcome(error) else {
            Issue.record("\(error) is tried again")
            return
        }
    }

    @Test(arguments: [
        (0, 60), (1, 60), (2, 180), (3, 540), (4, 1_620), (5, 4_860), (6, 14_580), (7, 21_600), (14, 21_600),
        (1_000_000, 21_600),
    ])
    func `the wait is a minute times three, six hours at most, a fifth up or down`(attempt: Int, seconds: Int)
    {
        let low = DeliveryPolicy.delay(afterAttempt: attempt, jitter: 0)
        let high = DeliveryPolicy.delay(afterAttempt: attempt, jitter: 1)
        // The factors are no whole binary fractions.
        #expect(abs(low.inMilliseconds - Int64(seconds) * 800) <= 1)
        #expect(abs(high.inMilliseconds - Int64(seconds) * 1_200) <= 1)
    }

    @Test(
        arguments: [
            (0, nil), (4, nil), (5, 10), (6, 20), (7, 40), (8, 80), (9, 160), (10, 320), (11, 360),
            (1_000_000, 360),
        ] as [(Int, Int?)])
    func `a host that fails five times is left alone, ten minutes and then doubling`(
        failures: Int, minutes: Int?
    ) {
        #expect(DeliveryPolicy.pause(afterFailures: failures) == minutes.map { .minutes($0) })
    }
}
