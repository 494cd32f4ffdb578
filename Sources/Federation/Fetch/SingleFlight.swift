import Synchronization

/// Lets those who ask for the same thing at the same time share one answer.
final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Value?, Never>

    private let waiting = Mutex<[Key: [Waiter]]>([:])

    /// The value for `key`, made by `make` unless that is under way already.
    func value(for key: Key, make: () async -> Value) async -> Value {
        let shared: Value? = await withCheckedContinuation { (waiter: Waiter) in
            let isFirst = waiting.withLock { waiting in
                if waiting[key] == nil {
                    waiting[key] = []
                    return true
                }
                waiting[key]?.append(waiter)
                return false
            }
            if isFirst { waiter.resume(returning: nil) }
        }
        if let shared { return shared }
        let value = await make()
        let others = waiting.withLock { $0.removeValue(forKey: key) } ?? []
        for other in others { other.resume(returning: value) }
        return value
    }

    /// The value for `key` if it is being made; nil when it is not.
    func join(_ key: Key) async -> Value? {
        await withCheckedContinuation { (waiter: Waiter) in
            let isUnderWay = waiting.withLock { waiting in
                guard waiting[key] != nil else { return false }
                waiting[key]?.append(waiter)
                return true
            }
            if !isUnderWay { waiter.resume(returning: nil) }
        }
    }
}
