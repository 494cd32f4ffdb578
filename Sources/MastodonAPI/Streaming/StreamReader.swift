import Basics
import HTTP
import Synchronization

/// An open connection: the streams it follows, and what waits to be sent on it.
///
/// What waits is bounded. A reader that does not keep up is sent away and pages what it missed; nobody else
/// notices.
final class StreamReader: Sendable {
    /// Why a connection ends, with its close code, RFC 6455 section 7.4.1.
    enum End: UInt16, Sendable {
        /// The app is done.
        case gone = 1000
        case stopping = 1001
        /// The token is not valid any more.
        case revoked = 1008
        /// Events could not be read here.
        case failed = 1011
        /// It did not keep up, or nobody could.
        case full = 1013
    }

    enum Turn: Sendable {
        case message(StreamMessage, label: [String])
        /// Nothing came for as long as it was waited.
        case silence
        case over
    }

    private struct State {
        var subscriptions: [StreamSubscription] = []
        var waiting: [(message: StreamMessage, label: [String])] = []
        /// What waits, in bytes.
        var size = 0
        var end: End?
    }

    /// The row of the token it was opened with.
    let token: Int64
    private let scopes: ScopeSet
    private let readsNotifications: Bool
    private let limits: APILimits
    private let clock: Clock
    private let state = Mutex(State())
    private let bell = Doorbell()
    private let ending = Doorbell()

    init(token: Int64, scopes: ScopeSet, limits: APILimits, clock: Clock) {
        self.token = token
        self.scopes = scopes
        readsNotifications = scopes.allows("read:notifications")
        self.limits = limits
        self.clock = clock
    }

    /// Follows a stream from now on. Doing it twice changes nothing.
    ///
    /// - Throws: 403 without the scope for it, 429 when there are too many.
    func subscribe(to subscription: StreamSubscription) throws {
        guard subscription.stream.scopes.contains(where: scopes.allows) else { throw APIError.outsideScope }
        try state.withLock { state in
            guard !state.subscriptions.contains(where: { $0.stream == subscription.stream }) else { return }
            guard state.subscriptions.count < limits.streamsPerReader else { throw APIError.tooManyStreams }
            state.subscriptions.append(subscription)
        }
    }

    func unsubscribe(from stream: StreamName) {
        state.withLock { $0.subscriptions.removeAll { $0.stream == stream } }
    }

    /// The streams it follows.
    var streams: [StreamName] { state.withLock { $0.subscriptions.map(\.stream) } }

    /// Queues the news once for each stream that takes it.
    ///
    /// - Returns: whether any did.
    @discardableResult
    func offer(_ news: StreamNews) -> Bool {
        if !readsNotifications && StreamName.needsNotifications(news.event) { return false }
        let (isTaken, isFull) = state.withLock { state in
            guard state.end == nil else { return (false, false) }
            var isTaken = false
            for subscription in state.subscriptions where subscription.stream.takes(news.event, news.post) {
                isTaken = true
                let size = state.size + news.message.size
                // One that is larger than all that may wait is sent when nothing else does.
                guard
                    state.waiting.isEmpty
                        || size <= limits.streamQueueBytes && state.waiting.count < limits.streamQueueMessages
                else { return (true, true) }
                state.waiting.append((news.message, subscription.label))
                state.size = size
            }
            return (isTaken, false)
        }
        if isFull { end(.full) } else if isTaken { bell.ring() }
        return isTaken
    }

    /// Waits for the next message, for ever or as long as `patience`; for one task at a time.
    func next(within patience: Duration? = nil) async -> Turn {
        let start = clock.now()
        while true {
            let turn = state.withLock { state -> Turn? in
                if state.end != nil { return .over }
                guard !state.waiting.isEmpty else { return nil }
                let (message, label) = state.waiting.removeFirst()
                state.size -= message.size
                return .message(message, label: label)
            }
            if let turn { return turn }
            guard let patience else {
                await bell.wait(atMost: nil, clock: clock)
                if Task.isCancelled { return .over }
                continue
            }
            // The bell may have rung for what was taken since. Should the time of day go back, that is enough.
            let waited = clock.now() - start
            guard waited >= .zero, waited < patience else { return .silence }
            await bell.wait(atMost: patience - waited, clock: clock)
            if Task.isCancelled { return .over }
        }
    }

    /// Ends the connection; what waits is not sent any more. The first reason counts.
    func end(_ reason: End) {
        state.withLock { state in
            guard state.end == nil else { return }
            state.end = reason
            state.waiting = []
            state.size = 0
        }
        bell.ring()
        ending.ring()
    }

    var isOver: Bool { state.withLock { $0.end != nil } }

    /// Waits for the end; for one task.
    func ended() async -> End {
        while true {
            if let end = state.withLock({ $0.end }) { return end }
            if Task.isCancelled { return .gone }
            await ending.wait(atMost: nil, clock: clock)
        }
    }
}
