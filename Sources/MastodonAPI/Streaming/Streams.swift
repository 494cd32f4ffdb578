import Basics
import Storage
import Synchronization

/// Everybody who reads a stream, and the events on their way to them. There is one for a process.
///
/// Events come on the thread that writes and are only noted there, and only while somebody reads. One task loads
/// what they are about, writes it once and hands it to every reader that follows a stream it belongs on. When more
/// events wait than may, all readers are sent away, as none of them could be told everything.
final class Streams: Sendable {
    typealias Render = @Sendable ([Event]) throws -> [StreamNews]

    private struct State {
        var readers: [Int: StreamReader] = [:]
        var seats = 0
        var lastSeat = 0
        var waiting: [Event] = []
        var hasOverflown = false
        var isClosed = false
    }

    private let limits: APILimits
    private let clock: Clock
    private let log: Log
    private let state = Mutex(State())
    /// How many seats are taken, to be looked at with every commit.
    private let taken = Atomic(0)
    private let bell = Doorbell()

    init(store: Store, limits: APILimits, clock: Clock, log: Log) {
        self.limits = limits
        self.clock = clock
        self.log = log
        store.events.listen { [weak self] events in self?.note(events) }
    }

    /// A place for one more reader, kept until what is returned is forgotten.
    ///
    /// - Throws: 503 when there are too many, or the server is stopping.
    func join(_ reader: StreamReader) throws -> StreamSeat {
        let number = try state.withLock { state in
            guard !state.isClosed, state.seats < limits.streamReaders else { throw APIError.busy }
            state.seats += 1
            state.lastSeat += 1
            state.readers[state.lastSeat] = reader
            taken.store(state.seats, ordering: .sequentiallyConsistent)
            return state.lastSeat
        }
        return StreamSeat(reader, number: number, streams: self)
    }

    fileprivate func leave(_ number: Int) {
        state.withLock { state in
            state.readers[number] = nil
            state.seats -= 1
            taken.store(state.seats, ordering: .sequentiallyConsistent)
            if state.seats == 0 { state.waiting = [] }
        }
    }

    private func note(_ events: [Event]) {
        guard taken.load(ordering: .sequentiallyConsistent) > 0 else { return }
        state.withLock { state in
            guard !state.hasOverflown else { return }
            if state.waiting.count + events.count > limits.streamEvents {
                state.waiting = []
                state.hasOverflown = true
            } else {
                state.waiting += events
            }
        }
        bell.ring()
    }

    /// Works until cancelled, and sends everybody away then.
    ///
    /// - Parameter render: what is to be sent for these events, in their order; none for what is not there any more.
    func run(_ render: Render) async {
        while !Task.isCancelled {
            await bell.wait(atMost: nil, clock: clock)
            while !Task.isCancelled, let events = take() { await deliver(events, render) }
        }
        close()
    }

    /// Sends everybody away and lets nobody in any more.
    func close() {
        let readers = state.withLock { state in
            state.isClosed = true
            return Array(state.readers.values)
        }
        for reader in readers { reader.end(.stopping) }
    }

    /// The next events that are loaded together; nil when none wait.
    private func take() -> [Event]? {
        let (events, cutOff) = state.withLock { state -> ([Event]?, [StreamReader]) in
            if state.hasOverflown {
                state.hasOverflown = false
                return (nil, Array(state.readers.values))
            }
            guard !state.waiting.isEmpty else { return (nil, []) }
            let events = Array(state.waiting.prefix(limits.streamChunk))
            state.waiting.removeFirst(events.count)
            return (events, [])
        }
        for reader in cutOff { reader.end(.full) }
        return events
    }

    private func deliver(_ events: [Event], _ render: Render) async {
        var readers = state.withLock { Array($0.readers.values) }
        for case .revoked(let tokens) in events {
            for reader in readers where tokens.contains(reader.token) { reader.end(.revoked) }
        }
        readers.removeAll(where: \.isOver)
        let followed = Set(readers.flatMap(\.streams))
        var seen: Set<Event> = []
        let wanted = events.filter { event in
            followed.contains { $0.takes(event, nil) } && seen.insert(event).inserted
        }
        guard !wanted.isEmpty else { return }
        do {
            for news in try render(wanted) {
                var isTaken = false
                for reader in readers where reader.offer(news) { isTaken = true }
                // Between two messages readers get to send the first, or a burst would fill all of their queues.
                if isTaken { await Task.yield() }
            }
        } catch {
            log.error("events for streams could not be read", ["error": String(describing: error)])
            for reader in readers { reader.end(.failed) }
        }
    }
}

/// A reader's place among all, given back when nobody holds it any more.
final class StreamSeat: Sendable {
    let reader: StreamReader
    private let number: Int
    private let streams: Streams

    fileprivate init(_ reader: StreamReader, number: Int, streams: Streams) {
        self.reader = reader
        self.number = number
        self.streams = streams
    }

    deinit {
        reader.end(.gone)
        streams.leave(number)
    }
}
