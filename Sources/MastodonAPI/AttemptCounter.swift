import Basics
import Synchronization

/// Counts what an address may do only so often, in memory of fixed size.
final class AttemptCounter: Sendable {
    /// Addresses that are remembered; beyond it the one with the oldest attempt is forgotten.
    private static let addresses = 1_024

    private struct Count {
        var since: Timestamp
        var number: Int
    }

    private let limit: Int
    private let window: Duration
    private let counts = Mutex<[String: Count]>([:])

    init(limit: Int, window: Duration) {
        self.limit = limit
        self.window = window
    }

    /// Whether the address has used up its attempts.
    func isSpent(_ peer: String, at now: Timestamp) -> Bool {
        let key = ClientNetwork.of(peer)
        return counts.withLock { counts in
            guard let count = counts[key], count.since + window > now else { return false }
            return count.number >= limit
        }
    }

    func count(_ peer: String, at now: Timestamp) {
        let key = ClientNetwork.of(peer)
        counts.withLock { counts in
            if let count = counts[key], count.since + window > now {
                counts[key] = Count(since: count.since, number: count.number + 1)
                return
            }
            if counts.count >= AttemptCounter.addresses, counts[key] == nil {
                counts = counts.filter { $0.value.since + window > now }
                if counts.count >= AttemptCounter.addresses,
                    let oldest = counts.min(by: { $0.value.since < $1.value.since })
                {
                    counts[oldest.key] = nil
                }
            }
            counts[key] = Count(since: now, number: 1)
        }
    }
}
