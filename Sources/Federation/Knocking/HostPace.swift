package import Basics
import Synchronization

/// A budget of questions for each host: who asks waits until the host's next turn.
///
/// Turns are evenly spaced, so that within any second no host is asked more often than it may be.
package final class HostPace: Sendable {
    private let turns: Mutex<Turns>
    private let clock: Clock
    private let answered = Mutex<Timestamp?>(nil)

    /// - Parameter perSecond: questions to one host within a second.
    package init(perSecond: Int, clock: Clock) {
        turns = Mutex(Turns(perSecond: perSecond))
        self.clock = clock
    }

    /// When any host was last heard of by those who keep this pace; nil for never.
    package var lastAnswer: Timestamp? { answered.withLock(\.self) }

    /// Notes that somebody answered, whatever it was, so that the network is there.
    func noteAnswer() {
        let now = clock.now()
        answered.withLock { $0 = now }
    }

    /// Returns when this host may be asked, or when the task is cancelled.
    func wait(for host: String) async {
        let pause = turns.withLock { $0.take(host, at: clock.now()) }
        guard pause > .zero else { return }
        await Doorbell().wait(atMost: pause, clock: clock)
    }

    /// When each host may be asked next; pure.
    package struct Turns: Sendable {
        /// What leaves in time may arrive a little late, and the next one right behind it.
        private static let slack = Duration.milliseconds(20)
        /// Beyond so many hosts, those whose turn has come are forgotten.
        private static let most = 1_024

        private let spacing: Duration
        private(set) var next: [String: Timestamp] = [:]

        package init(perSecond: Int) {
            spacing = .milliseconds(1_000 / max(1, perSecond)) + Turns.slack
        }

        /// Takes the host's next turn.
        ///
        /// - Returns: how long it is until then.
        package mutating func take(_ host: String, at now: Timestamp) -> Duration {
            if next.count >= Turns.most { next = next.filter { $0.value > now } }
            let turn = max(now, next[host] ?? now)
            next[host] = turn + spacing
            return turn - now
        }
    }
}
