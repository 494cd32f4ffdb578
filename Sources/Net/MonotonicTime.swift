import Glibc

/// A moment of the clock that never jumps, for deadlines.
package struct MonotonicTime: Comparable, Sendable {
    let nanoseconds: Int64

    package static func now() -> MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func after(_ duration: Duration) -> MonotonicTime { now() + duration }

    package static func + (moment: MonotonicTime, duration: Duration) -> MonotonicTime {
        // Dates of strangers become alarms: what is further away than the clock goes is distant, never at once.
        let (seconds, attoseconds) = duration.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isTooLate) = whole.addingReportingOverflow(
            moment.nanoseconds &+ attoseconds / 1_000_000_000)
        guard !isTooLong, !isTooLate else {
            return duration < .zero ? MonotonicTime(nanoseconds: 0) : distant
        }
        return MonotonicTime(nanoseconds: sum)
    }

    /// From this moment to another, negative when that one came first.
    func duration(to other: MonotonicTime) -> Duration {
        .nanoseconds(other.nanoseconds &- nanoseconds)
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension MonotonicTime {
    /// So far away that it does not come.
    static let distant = MonotonicTime(nanoseconds: .max)

    /// Seconds of the wall clock, for dates in messages.
    static func wallSeconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        return Int64(time.tv_sec)
    }
}
