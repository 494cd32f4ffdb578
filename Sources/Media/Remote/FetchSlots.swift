import Storage
import Synchronization

/// What is being fetched: so many at once and no more, and each can be ended from outside.
final class FetchSlots: Sendable {
    /// One fetch; its place is free again when nobody has this any more.
    final class Slot: Sendable {
        fileprivate let number: Int
        private let host: String
        private let slots: FetchSlots

        fileprivate init(_ number: Int, _ host: String, _ slots: FetchSlots) {
            self.number = number
            self.host = host
            self.slots = slots
        }

        deinit { slots.free(number, host) }

        /// Says how the fetch is ended; at once if that was asked for already.
        func attach(_ end: @escaping @Sendable () -> Void) {
            let isEnded = slots.state.withLock { state in
                state.running[number]?.end = end
                return state.running[number]?.isEnded ?? true
            }
            if isEnded { end() }
        }
    }

    fileprivate struct Running {
        var name: RemoteName
        var end: (@Sendable () -> Void)?
        var isEnded = false
    }

    fileprivate struct State {
        var last = 0
        var running: [Int: Running] = [:]
        var byHost: [String: Int] = [:]
    }

    fileprivate let state = Mutex(State())
    private let limits: RemoteLimits

    init(limits: RemoteLimits) {
        self.limits = limits
    }

    /// Nil when too much is being fetched, from this host or in all.
    func take(for name: RemoteName, host: String) -> Slot? {
        let number: Int? = state.withLock { state in
            guard state.running.count < limits.fetches,
                state.byHost[host, default: 0] < limits.fetchesOfHost
            else { return nil }
            state.last += 1
            state.running[state.last] = Running(name: name)
            state.byHost[host, default: 0] += 1
            return state.last
        }
        return number.map { Slot($0, host, self) }
    }

    /// What is being fetched now.
    var names: Set<RemoteName> { state.withLock { Set($0.running.values.map(\.name)) } }

    /// Ends the fetches of these files.
    func end(_ names: Set<RemoteName>) {
        let ends = state.withLock { state in
            let numbers = state.running.filter { names.contains($0.value.name) }.keys
            for number in numbers { state.running[number]?.isEnded = true }
            return numbers.compactMap { state.running[$0]?.end }
        }
        for end in ends { end() }
    }

    private func free(_ number: Int, _ host: String) {
        let gone = state.withLock { state in
            let count = state.byHost[host, default: 1] - 1
            state.byHost[host] = count > 0 ? count : nil
            return state.running.removeValue(forKey: number)
        }
        _ = gone
    }
}
