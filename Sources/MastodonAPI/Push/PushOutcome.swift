import Basics
import Federation
import HTTP

/// What becomes of a message after an attempt: decided here, from values, and carried out by the worker.
///
/// | answer | consequence |
/// |---|---|
/// | 2xx | done |
/// | 408, 429, 5xx, no answer | later; `Retry-After` is obeyed |
/// | 413, redirects, an address that we must not ask | this message is dropped |
/// | every other 4xx, 404 and 410 among them | the subscription is over |
///
/// RFC 8030 sections 5 and 7.3; a push service that does not take our word now (401, 403) will not for the next message.
enum PushOutcome: Hashable, Sendable {
    case delivered
    case dropped(reason: String)
    case over(reason: String)
    case later(reason: String, after: Duration?)

    init(_ response: OutboundResponse, at now: Timestamp) {
        let code = response.status.code
        switch code {
        case 200..<300:
            self = .delivered
        case 408, 429, 500..<600:
            self = .later(
                reason: "HTTP \(code)", after: RetryAfter.duration(response.fields["Retry-After"], at: now))
        case 413:
            self = .dropped(reason: "HTTP 413")
        case 400..<500:
            self = .over(reason: "HTTP \(code)")
        default:
            self = .dropped(reason: "HTTP \(code)")
        }
    }

    init(_ error: SendError) {
        let reason = String(describing: error)
        self = error.isPassing ? .later(reason: reason, after: nil) : .dropped(reason: reason)
    }

    /// Longest wait that is not asked for: what is pushed is news.
    private static let longest = Duration.hours(1)

    /// When to try again.
    ///
    /// - Parameters:
    ///   - attempt: which attempt in a row failed, 1 for the first.
    ///   - jitter: 0…1.
    static func delay(afterAttempt attempt: Int, asked: Duration?, jitter: Double) -> Duration {
        max(asked ?? .zero, min(longest, DeliveryPolicy.delay(afterAttempt: attempt, jitter: jitter)))
    }
}
