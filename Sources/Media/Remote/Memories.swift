import Basics
import Synchronization

/// What was learnt about a bounded number of things, for a while; beyond the bound all is forgotten and learnt again.
final class Memories<Key: Hashable & Sendable, Fact: Sendable>: Sendable {
    private let facts = Mutex<[Key: (fact: Fact, until: Timestamp)]>([:])
    private let most: Int
    private let lasting: Duration
    private let clock: Clock

    init(most: Int, lasting: Duration, clock: Clock) {
        self.most = most
        self.lasting = lasting
        self.clock = clock
    }

    subscript(key: Key) -> Fact? {
        get {
            let now = clock.now()
            return facts.withLock { facts in
                guard let found = facts[key], found.until > now else { return nil }
                return found.fact
            }
        }
        set {
            let until = clock.now() + lasting
            facts.withLock { facts in
                if facts.count >= most, facts[key] == nil { facts.removeAll() }
                facts[key] = newValue.map { ($0, until) }
            }
        }
    }
}
