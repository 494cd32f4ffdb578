import Basics
import Storage
import Synchronization

/// What is being fetched: so many at once and no more, the rest in the order in which it came; and each can be ended
/// from outside. What is passed through has a smaller share, since slow readers may hold it for long.
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

        /// Remembers that this server, host and port, has a part in it.
        func note(_ authority: String) {
            _ = slots.state.withLock { $0.running[number]?.authorities.insert(authority) }
        }

        /// From now on it is passed through; false if too many are.
        func pass() -> Bool {
            slots.state.withLock { state in
                guard let running = state.running[number], !running.isPassing,
                    slots.mayPass(host, in: state)
                else { return false }
                state.running[number]?.isPassing = true
                state.count(host, 0, passing: 1)
                return true
            }
        }
    }

    fileprivate struct Running {
        var name: RemoteName
        var isPassing: Bool
        /// Of the servers that are asked for it.
        var authorities: Set<String> = []
        var end: (@Sendable () -> Void)?
        var isEnded = false
    }

    fileprivate struct Waiter {
        var number: Int
        var name: RemoteName
        var host: String
        var isPassing: Bool
        var turn: CheckedContinuation<Slot?, Never>
    }

    fileprivate struct State {
        fileprivate var waiting: [Waiter] = []
        var last = 0
        var running: [Int: Running] = [:]
        /// How many are fetched from each host, and how many of them are passed through.
        var byHost: [String: (all: Int, passing: Int)] = [:]
        var passing = 0

        mutating func count(_ host: String, _ all: Int, passing more: Int) {
            var count = byHost[host] ?? (0, 0)
            count.all += all
            count.passing += more
            passing += more
            byHost[host] = count.all > 0 ? count : nil
        }
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
    /// - Parameters:
    ///   - host: without a port, so that one server with many counts once.
    ///   - isPassing: whether the file is passed through.
    /// - Returns: nil when too many wait already, when it took too long, or when the fetch was ended meanwhile.
    func take(for name: RemoteName, host: String, isPassing: Bool = false) async -> Slot? {
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        let cancel = clock.after(limits.patience) { [weak self] in self?.giveUp { $0.number == number } }
        defer { cancel() }
        return await withCheckedContinuation { turn in
            let answer: Slot?? = state.withLock { state in
                let waiter = Waiter(
                    number: number, name: name, host: host, isPassing: isPassing, turn: turn)
                if hasRoom(for: waiter, in: state) { return .some(begin(waiter, in: &state)) }
                guard state.waiting.count < limits.waiting else { return .some(nil) }
                guard !isPassing || state.waiting.count(where: \.isPassing) < limits.waitingToPass else {
                    return .some(nil)
                }
                state.waiting.append(waiter)
                return nil
            }
            if let answer { turn.resume(returning: answer) }
        }
    }

    private func hasRoom(for waiter: Waiter, in state: State) -> Bool {
        state.running.count < limits.fetches && state.byHost[waiter.host]?.all ?? 0 < limits.fetchesOfHost
            && (!waiter.isPassing || mayPass(waiter.host, in: state))
    }

    private func mayPass(_ host: String, in state: State) -> Bool {
        state.passing < limits.passing && state.byHost[host]?.passing ?? 0 < limits.passingOfHost
    }

    private func begin(_ waiter: Waiter, in state: inout State) -> Slot {
        state.running[waiter.number] = Running(name: waiter.name, isPassing: waiter.isPassing)
        state.count(waiter.host, 1, passing: waiter.isPassing ? 1 : 0)
        return Slot(waiter.number, waiter.host, self)
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

    /// What is being fetched with the help of a server, told by its host and port, that this refuses.
    func names(notAllowedBy mayAsk: (String) -> Bool) -> Set<RemoteName> {
        let running = state.withLock { Array($0.running.values) }
        return Set(running.filter { !$0.authorities.allSatisfy(mayAsk) }.map(\.name))
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
            let gone = state.running.removeValue(forKey: number)
            state.count(host, -1, passing: gone?.isPassing == true ? -1 : 0)
            let index = state.waiting.firstIndex { hasRoom(for: $0, in: state) }
            let next = index.map { state.waiting.remove(at: $0) }
            return (gone, next.map { ($0.turn, begin($0, in: &state)) })
        }
        next?.0.resume(returning: next?.1)
        _ = gone
    }
}
