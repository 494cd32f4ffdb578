import Basics
import Storage
import Synchronization

/// What is being fetched: so many at once and no more, the rest in the order in which it came; and each can be ended
/// from outside.
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

    fileprivate struct Waiter {
        var number: Int
        var name: RemoteName
        var host: String
        var turn: CheckedContinuation<Slot?, Never>
    }

    fileprivate struct State {
        fileprivate var waiting: [Waiter] = []
        var last = 0
        var running: [Int: Running] = [:]
        var byHost: [String: Int] = [:]
    }

    fileprivate let state = Mutex(State())
    private let limits: RemoteLimits
    private let clock: Clock

    init(limits: RemoteLimits, clock: Clock) {
        self.limits = limits
        self.clock = clock
    }

    /// A place, waited for if need be.
    ///
    /// - Returns: nil when too many wait already, when it took too long, or when the fetch was ended meanwhile.
    func take(for name: RemoteName, host: String) async -> Slot? {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let cancel = clock.after(limits.patience) { [weak self] in self?.giveUp { $0.number == number } }
        defer { cancel() }
        return await withCheckedContinuation { turn in
            let answer: Slot?? = state.withLock { state in
                if hasRoom(for: host, in: state) { return .some(begin(number, name, host, in: &state)) }
                guard state.waiting.count < limits.waiting else { return .some(nil) }
                state.waiting.append(Waiter(number: number, name: name, host: host, turn: turn))
                return nil
            }
            if let answer { turn.resume(returning: answer) }
        }
    }

    private func hasRoom(for host: String, in state: State) -> Bool {
        state.running.count < limits.fetches && state.byHost[host, default: 0] < limits.fetchesOfHost
    }

    private func begin(_ number: Int, _ name: RemoteName, _ host: String, in state: inout State) -> Slot {
        state.running[number] = Running(name: name)
        state.byHost[host, default: 0] += 1
        return Slot(number, host, self)
    }

    /// Those who wait and are meant get nothing.
    private func giveUp(_ isMeant: (Waiter) -> Bool) {
        let turns = state.withLock { state in
            let gone = state.waiting.filter(isMeant)
            state.waiting.removeAll(where: isMeant)
            return gone.map(\.turn)
        }
        for turn in turns { turn.resume(returning: nil) }
    }

    /// What is being fetched now, or waits for its turn.
    var names: Set<RemoteName> {
        state.withLock { Set($0.running.values.map(\.name) + $0.waiting.map(\.name)) }
    }

    /// Ends the fetches of these files.
    func end(_ names: Set<RemoteName>) {
        giveUp { names.contains($0.name) }
        let ends = state.withLock { state in
            let numbers = state.running.filter { names.contains($0.value.name) }.keys
            for number in numbers { state.running[number]?.isEnded = true }
            return numbers.compactMap { state.running[$0]?.end }
        }
        for end in ends { end() }
    }

    private func free(_ number: Int, _ host: String) {
        let (gone, next) = state.withLock { state in
            let count = state.byHost[host, default: 1] - 1
            state.byHost[host] = count > 0 ? count : nil
            let gone = state.running.removeValue(forKey: number)
            let index = state.waiting.firstIndex { hasRoom(for: $0.host, in: state) }
            let next = index.map { state.waiting.remove(at: $0) }
            return (gone, next.map { ($0.turn, begin($0.number, $0.name, $0.host, in: &state)) })
        }
        next?.0.resume(returning: next?.1)
        _ = gone
    }
}
