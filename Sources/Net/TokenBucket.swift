/// How much may pass in a time: so many a second, and what was not used of the last quarter of a second.
///
/// Taking more than is there makes a debt, so that a piece may be larger than what gathers.
struct TokenBucket {
    private let rate: Double
    private let burst: Double
    private var level: Double
    private var moment: MonotonicTime

    /// - Parameter rate: at least 1.
    init(rate: Int, at moment: MonotonicTime) {
        self.rate = Double(max(1, rate))
        burst = self.rate / 4
        level = burst
        self.moment = moment
    }

    /// Takes so much unless there is a debt.
    mutating func take(_ count: Int, at now: MonotonicTime) -> Bool {
        if now > moment {
            level = min(burst, level + moment.duration(to: now) / .seconds(1) * rate)
            moment = now
        }
        guard level >= 0 else { return false }
        level -= Double(count)
        return true
    }

    /// When the debt is paid; in the past if there is none.
    var next: MonotonicTime { moment + .seconds(max(0, -level / rate)) }
}
