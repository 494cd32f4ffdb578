/// What waits to be sent on a WebSocket, in its order and up to a bound.
///
/// Messages lie here as they were given, so that many connections share the text of one; only what is sent next is turned
/// into frames.
package struct WebSocketQueue: Sendable {
    /// Something that becomes a frame.
    package enum Item: Hashable, Sendable {
        case message(WebSocketMessage)
        case ping
        case pong([UInt8])
        case close(UInt16?)

        /// Bytes that it takes here and on the wire; also the smallest takes some.
        var cost: Int {
            switch self {
            case .message(.text(let text)): text.utf8.count + 64
            case .message(.binary(let bytes)): bytes.count + 64
            case .pong(let payload): payload.count + 64
            case .ping, .close: 64
            }
        }
    }

    /// Frames sent at once, in bytes, unless one is longer.
    private static let batch = 16_384

    private let limit: Int
    private var items: [Item] = []
    /// What the items cost together.
    package private(set) var cost = 0

    /// - Parameter limit: most bytes that may wait.
    package init(limit: Int = Limits.standard.webSocketQueue) {
        self.limit = limit
    }

    package var isEmpty: Bool { items.isEmpty }

    /// Adds something to be sent; false when there is no room, and then nothing was added.
    package mutating func add(_ item: Item) -> Bool {
        guard item.cost <= limit - cost else { return false }
        items.append(item)
        cost += item.cost
        return true
    }

    /// Forgets everything, for a close that is all there is still to say.
    package mutating func replace(with last: Item) {
        items = [last]
        cost = last.cost
    }

    /// Takes out what is to be sent next, as frames; empty when nothing waits.
    package mutating func takeFrames() -> [UInt8] {
        var frames: [UInt8] = []
        var taken = 0
        while taken < items.count {
            let item = items[taken]
            guard taken == 0 || frames.count + item.cost <= WebSocketQueue.batch else { break }
            cost -= item.cost
            taken += 1
            switch item {
            case .message(let message): WebSocketFrame.append(message, to: &frames)
            case .ping: frames += WebSocketFrame.ping()
            case .pong(let payload): frames += WebSocketFrame.pong(payload)
            case .close(let code): frames += WebSocketFrame.close(code)
            }
        }
        // At rest nothing is kept.
        if taken == items.count { items = [] } else { items.removeFirst(taken) }
        return frames
    }
}
