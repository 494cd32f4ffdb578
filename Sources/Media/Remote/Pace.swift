import Basics

/// Whether bytes come fast enough, looked at over one window after the other: on the average since the beginning, a
/// file that began fast might stall for hours.
struct Pace {
    private let window: Duration
    /// Fewest bytes a second.
    private let rate: Int
    private var since: Timestamp
    /// Bytes that were here when the window began.
    private var count = 0

    init(window: Duration, rate: Int, from start: Timestamp) {
        self.window = window
        self.rate = rate
        since = start
    }

    /// - Parameter count: bytes that are here now.
    mutating func isTooSlow(_ count: Int, at now: Timestamp) -> Bool {
        let time = now - since
        // The clock was set back.
        if time < .zero { since = now }
        guard time > window else { return false }
        defer { (since, self.count) = (now, count) }
        return count - self.count < Int(time.components.seconds) * rate
    }
}
