/// What serves a WebSocket from the handshake to the end; returning closes it. Its task is cancelled when the connection
/// is over before it.
package typealias WebSocketHandler = @Sendable (WebSocketChannel) async -> Void

/// The two directions of an open WebSocket, as its handler sees them.
package struct WebSocketChannel: Sendable {
    /// The next message; nil once the peer has closed or gone, or this side has closed. One task at a time receives, and
    /// for as long as the connection is open it should: pings and the end are noticed meanwhile.
    package var receive: @Sendable () async -> WebSocketMessage?
    /// Queues a message to be sent, without waiting for that. Throws when the connection is gone, or closing; when the
    /// queue is full because the peer is too slow, the connection ends with 1013 (try again later).
    package var send: @Sendable (WebSocketMessage) async throws -> Void
    /// Closes with this code, RFC 6455 section 7.4, after what is queued, without waiting for that. Doing it twice changes
    /// nothing.
    package var close: @Sendable (UInt16) async -> Void

    package init(
        receive: @escaping @Sendable () async -> WebSocketMessage?,
        send: @escaping @Sendable (WebSocketMessage) async throws -> Void,
        close: @escaping @Sendable (UInt16) async -> Void
    ) {
        self.receive = receive
        self.send = send
        self.close = close
    }
}

/// A whole message of a WebSocket, its fragments put together.
package enum WebSocketMessage: Hashable, Sendable {
    case text(String)
    case binary([UInt8])
}
