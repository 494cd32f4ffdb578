import Basics
import HTTP
import Storage
import Synchronization

/// One file that is being fetched into the cache, and everybody who reads it meanwhile.
///
/// The fetch writes at the end of a growing file; each reader has its own place in it and waits for news. So a hundred
/// readers cost one fetch and a hundred small states.
final class RemoteFetch: Sendable {
    /// How far it has come.
    enum Stage: Sendable {
        case asking
        case growing(Spool)
        /// It is not to be stored; whoever comes first may have the connection.
        case passing
        case done(Spool)
        case failed(RemoteFailure)
    }

    struct State {
        var stage = Stage.asking
        var kind: MediaKind?
        /// Of the whole file, if it is known.
        var length: Int?
        /// Bytes that are here.
        var count = 0
        var readers = 0
        var isEnded = false
        var answer: RemoteAnswer?
        var slot: FetchSlots.Slot?
    }

    let name: RemoteName
    let url: WebURL
    let news = Tidings()
    private let state: Mutex<State>
    private let limits: RemoteLimits

    init(_ name: RemoteName, at url: WebURL, limits: RemoteLimits) {
        self.name = name
        self.url = url
        self.limits = limits
        state = Mutex(State())
    }

    func look() -> State { state.withLock { $0 } }

    /// Another reader; nil when there are too many, or when it is over.
    func join() -> Reading? {
        let isIn = state.withLock { state in
            guard state.readers < limits.readers, !state.isEnded else { return false }
            state.readers += 1
            return true
        }
        return isIn ? Reading(self) : nil
    }

    /// Somebody went away. Without any readers only what is nearly here is fetched to its end, and not for long.
    func leave() {
        let isUseless = state.withLock { state in
            state.readers -= 1
            guard state.readers == 0 else { return false }
            switch state.stage {
            case .asking, .growing: break
            case .passing: return true
            case .done, .failed: return false
            }
            guard let length = state.length else {
                if case .asking = state.stage { return false }
                return state.count > limits.smallRest
            }
            return state.count < length / 2 && length - state.count > limits.smallRest
        }
        if isUseless { end() }
    }

    /// Ends the fetch; what is here is thrown away.
    func end() {
        let answer = state.withLock { state in
            state.isEnded = true
            defer { if case .passing = state.stage { (state.answer, state.slot) = (nil, nil) } }
            return state.answer
        }
        answer?.close()
    }

    /// The connection of a file that is not stored, for the first who asks.
    func takeOver() -> (RemoteAnswer, FetchSlots.Slot)? {
        let taken: (RemoteAnswer, FetchSlots.Slot)? = state.withLock { state in
            guard case .passing = state.stage, let answer = state.answer, let slot = state.slot else {
                return nil
            }
            (state.answer, state.slot) = (nil, nil)
            return (answer, slot)
        }
        guard let (answer, slot) = taken else { return nil }
        if slot.pass() { return taken }
        // Whoever reads it waits for a place among those that are passed through.
        answer.close()
        return nil
    }

    /// It does not come to its turn.
    func giveUp() {
        state.withLock { $0.stage = .failed(.busy) }
        news.tell()
    }

    /// Fetches it all. Called once, by the task that owns the fetch, when it is its turn.
    func run(_ asking: RemoteAsking, in slot: FetchSlots.Slot, into cache: MediaCache, clock: Clock) async {
        let startedAt = clock.now()
        state.withLock { $0.slot = slot }
        slot.attach { [weak self] in self?.end() }
        do throws(RemoteFailure) {
            guard !look().isEnded else { throw .gateway }
            let answer = try await asking.ask(for: name.file, at: url, limits: limits) { [weak slot] in
                slot?.note($0)
            }
            guard let kind = answer.kind, answer.part == nil else { throw .gateway }
            guard kind.group == .picture || name.file.kind == .attachment else { throw .kind }
            let most = limits.most(name.file.kind, kind) ?? .max
            if let length = answer.length, length > most { throw .tooLarge }
            var storing = Storing(cache, most: min(most, cache.bounds.largest), length: answer.length)
            let spool = await storing.begin(with: answer.announced) ? Spool(in: cache.folder) : nil
            let isEnded = state.withLock { state in
                state.answer = answer
                (state.kind, state.length) = (kind, answer.length)
                state.stage = spool.map { .growing($0) } ?? .passing
                // Whoever asked may have gone away meanwhile.
                let isUnwanted = spool == nil || answer.length ?? .max > limits.smallRest
                // Then nothing failed that is worth remembering.
                if state.readers == 0, isUnwanted { state.isEnded = true }
                return state.isEnded
            }
            if isEnded {
                storing.end(kept: nil)
                throw .gateway
            }
            guard let spool else { return news.tell() }
            do throws(RemoteFailure) {
                let length = try await fill(
                    spool, kind, from: answer, &storing, since: startedAt, clock: clock)
                try keep(spool, length, from: answer.others, at: clock.now())
                storing.end(kept: length)
                state.withLock { state in
                    (state.stage, state.length) = (.done(spool), length)
                    (state.answer, state.slot) = (nil, nil)
                }
                news.tell()
            } catch {
                storing.end(kept: nil)
                throw error
            }
        } catch {
            state.withLock { state in
                state.stage = .failed(error)
                (state.answer, state.slot) = (nil, nil)
            }
            news.tell()
        }
    }

    /// Under the lock, so that whoever ends the fetch finds it either not kept or already in the folder.
    private func keep(
        _ spool: Spool, _ length: Int, from others: [String], at now: Timestamp
    ) throws(RemoteFailure) {
        try state.withLock { state throws(RemoteFailure) in
            guard !state.isEnded else { throw .gateway }
            guard spool.keep(as: name, length: length, from: others, at: now) else { throw .noRoom }
        }
    }

    private func fill(
        _ spool: Spool, _ kind: MediaKind, from answer: RemoteAnswer, _ storing: inout Storing,
        since start: Timestamp,
        clock: Clock
    ) async throws(RemoteFailure) -> Int {
        var count = 0
        var pace = Pace(window: limits.rateOver, rate: limits.rate, from: start)
        var aloneSince: Timestamp?
        while let piece = try await answer.next() {
            guard piece.count <= storing.most - count else { throw .tooLarge }
            guard await storing.grow(to: count + piece.count), spool.write(piece[...], at: count) else {
                throw .noRoom
            }
            count += piece.count
            let (isEnded, readers) = state.withLock { state in
                state.count = count
                return (state.isEnded, state.readers)
            }
            if isEnded { throw .gateway }
            news.tell()
            let now = clock.now()
            if kind.group == .picture, now - start > limits.pictureTime { throw .gateway }
            if pace.isTooSlow(count, at: now) { throw .gateway }
            // Nobody waits for what comes slowly on purpose.
            aloneSince = readers == 0 ? aloneSince ?? now : nil
            if let aloneSince, now - aloneSince > limits.pictureTime { throw .gateway }
        }
        guard count == answer.announced ?? count, count > 0 else { throw .gateway }
        return count
    }

    /// The room in the cache that one fetch has been promised.
    private struct Storing {
        private static let step = 1 << 20

        private let cache: MediaCache
        private let length: Int?
        /// Most bytes that are stored.
        let most: Int
        private var promised = 0

        init(_ cache: MediaCache, most: Int, length: Int?) {
            self.cache = cache
            self.most = most
            self.length = length
        }

        mutating func begin(with announced: Int?) async -> Bool {
            guard announced ?? 0 <= cache.bounds.largest else { return false }
            return await grow(to: announced ?? 1)
        }

        mutating func grow(to count: Int) async -> Bool {
            let needed = MediaCache.room(count)
            guard needed > promised else { return true }
            let more = length == nil ? min(max(needed, promised + Storing.step), max(needed, most)) : needed
            guard await cache.promise(more - promised) else { return false }
            promised = more
            return true
        }

        mutating func end(kept length: Int?) {
            cache.settle(promised, kept: length)
            promised = 0
        }
    }
}
