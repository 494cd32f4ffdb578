import Synchronization

/// What came of all of them, and whose turn it is.
final class MutationTally: Sendable {
    struct Sums: Sendable {
        var count = 0
        var shown = 0
        var refused = 0
        var wrong: [String] = []
    }

    private let sums = Mutex(Sums())
    private let waiting: Mutex<ArraySlice<MutationVictim>>

    init(_ victims: [MutationVictim]) {
        waiting = Mutex(victims[...])
    }

    var result: Sums { sums.withLock { $0 } }

    func next() -> MutationVictim? {
        waiting.withLock { $0.popFirst() }
    }

    func add(isShown: Bool, isRefused: Bool, fault: String?) {
        sums.withLock { sums in
            sums.count += 1
            sums.shown += isShown ? 1 : 0
            sums.refused += isRefused ? 1 : 0
            if let fault { sums.wrong.append(fault) }
        }
    }
}
