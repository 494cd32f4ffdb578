package import Basics
import Synchronization

/// A clock that stands still until a test moves it, with the alarms that were set on it.
package final class ManualClock: Sendable {
    /// 2024-01-02T03:04:05Z.
    package static let start = Timestamp(milliseconds: 1_704_164_645_000)

    private struct Alarm {
        var owner: String
        var due: Timestamp
        var ring: @Sendable () -> Void
    }

    private struct State {
        var now = ManualClock.start
        var alarms: [Int: Alarm] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Timestamp { state.withLock { $0.now } }

    /// The same time for everybody; `owner` says whose alarms they are.
    package func clock(for owner: String = "") -> Clock {
        Clock(
            now: { self.now },
            after: { duration, ring in
                let number = self.state.withLock { state in
                    state.last += 1
                    state.alarms[state.last] = Alarm(owner: owner, due: state.now + duration, ring: ring)
                    return state.last
                }
                return { self.state.withLock { $0.alarms[number] = nil } }
            })
    }

    /// Whether an alarm of this owner rings at the moment or, at most, `slack` later.
    package func hasAlarm(of owner: String, at moment: Timestamp, slack: Duration = .milliseconds(100))
        -> Bool
    {
        state.withLock { state in
            state.alarms.values.contains { $0.owner == owner && $0.due >= moment && $0.due <= moment + slack }
        }
    }

    /// When the next alarm rings.
    package var nextAlarm: Timestamp? {
        state.withLock { $0.alarms.values.map(\.due).min() }
    }

    /// Moves the time to `moment`, never back, and rings what is due by then.
    package func move(to moment: Timestamp) {
        let due = state.withLock { state in
            state.now = max(state.now, moment)
            let due = state.alarms.filter { $0.value.due <= state.now }
            for number in due.keys { state.alarms[number] = nil }
            return due.values.sorted { $0.due < $1.due }
        }
        for alarm in due { alarm.ring() }
    }
}
