package import Basics
package import HTTP

/// What becomes of a delivery after an attempt: decided here, from values, and carried out by the worker.
///
/// | answer | consequence |
/// |---|---|
/// | 2xx | done; the host's failures are forgotten |
/// | 5xx but 501, no answer | later: 60 s · 3^(k-1) after the k-th attempt, at most 6 h, ± 20 %; `Retry-After` is obeyed up to 24 h; the host is in trouble |
/// | 401, 408, 425, 429 | the same wait, but the host is alive; 401 ends the item at the fifth attempt |
/// | our own overload or stop | the same wait, and nobody's fault |
/// | 410 | the inbox is gone, with everything that waits for it, and so are followers whose own it was; a host whose shared inbox is gone is left alone until it shows a sign of life |
/// | 404 | refused; its people are dropped when it was missed three times over a week |
/// | 400, 403, 405 … 451, 501, redirects | refused: this item ends |
///
/// What passes is never given up before the host has had seven days of nothing but failures.
package enum DeliveryOutcome: Hashable, Sendable {
    case delivered
    case refused(reason: String)
    /// There is no such inbox (404); its people may be gone.
    case missing
    /// The inbox is gone for good (410).
    case gone
    /// A later letter made this one needless, so that it was not sent.
    case needless
    /// The same, and the later one too, which ends with it.
    case cancelled(through: Int64)
    /// The host is in trouble.
    ///
    /// - Parameter isUnsure: whether the item may have arrived all the same.
    case later(reason: String, after: Duration?, isUnsure: Bool)
    /// The host is not to blame, or at least alive.
    ///
    /// - Parameter attempts: how many this item gets at most.
    case postponed(reason: String, after: Duration?, attempts: Int = .max, isUnsure: Bool = false)

    package init(_ response: OutboundResponse, at now: Timestamp) {
        let code = response.status.code
        switch code {
        case 200..<300:
            self = .delivered
        case 404:
            self = .missing
        case 410:
            self = .gone
        case 401:
            // Our key may be stale there; whoever has not learned it after five attempts will not.
            self = .postponed(reason: "HTTP 401", after: nil, attempts: 5)
        case 408, 425, 429:
            self = .postponed(
                reason: "HTTP \(code)",
                after: RetryAfter.duration(response.fields["Retry-After"], at: now))
        case 500, 502...599:
            self = .later(
                reason: "HTTP \(code)",
                after: RetryAfter.duration(response.fields["Retry-After"], at: now), isUnsure: true)
        default:
            self = .refused(reason: "HTTP \(code)")
        }
    }

    package init(_ error: SendError) {
        if error == .overloaded || error == .cancelled {
            self = .postponed(
                reason: String(describing: error), after: nil, isUnsure: error.mayHaveArrived)
        } else if error.isPassing {
            self = .later(reason: String(describing: error), after: nil, isUnsure: error.mayHaveArrived)
        } else {
            self = .refused(reason: String(describing: error))
        }
    }
}

/// The field `Retry-After`.
package enum RetryAfter {
    /// Seconds or a date, RFC 9110 section 10.2.3; at most a day.
    package static func duration(_ value: String?, at now: Timestamp) -> Duration? {
        guard let value else { return nil }
        let wait: Int64
        if let seconds = Int64(value) {
            wait = seconds
        } else if let date = HTTPDate.parse(value) {
            wait = date - now.seconds
        } else {
            return nil
        }
        return .seconds(min(max(0, wait), 86_400))
    }
}

/// How long to wait, and when to give up.
package enum DeliveryPolicy {
    /// Failures with nothing between them after which a whole host is left alone for a while.
    package static let failuresBeforePause = 5
    /// A host that has only failed for so long is dead until it shows a sign of life.
    package static let patience = Duration.days(7)
    private static let longest = Duration.hours(6)

    /// - Parameters:
    ///   - attempt: which attempt of this item failed, 1 for the first.
    ///   - jitter: 0…1; what is due at the same moment should not come at the same moment.
    package static func delay(afterAttempt attempt: Int, jitter: Double) -> Duration {
        var delay = Duration.seconds(60)
        for _ in 1..<max(1, min(attempt, 10)) { delay = min(longest, delay * 3) }
        return delay * (0.8 + 0.4 * jitter)
    }

    /// How long a host is left alone after so many failures in a row; nil while it is not.
    package static func pause(afterFailures failures: Int) -> Duration? {
        guard failures >= failuresBeforePause else { return nil }
        var pause = Duration.minutes(10)
        for _ in 0..<min(failures - failuresBeforePause, 10) { pause = min(longest, pause * 2) }
        return pause
    }
}
