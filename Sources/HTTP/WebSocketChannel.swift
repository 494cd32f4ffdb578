/// What serves a WebSocket from the handshake to the end; returning closes it.
package typealias WebSocketHandler = @Sendable (WebSocketChannel) async -> Void

/// The two directions of an open WebSocket, as its handler sees them.
package struct WebSocketChannel: Sendable {
    /// The next message; nil once the peer has closed or gone.
    package var receive: @Sendable () async -> WebSocketMessage?
    /// Sends a message. Throws when the connection is gone or the peer is too slow.
    package var send: @Sendable (WebSocketMessage) async throws -> Void
    /// Closes with this code, RFC 6455 section 7.4. Doing it twice changes nothing.
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
