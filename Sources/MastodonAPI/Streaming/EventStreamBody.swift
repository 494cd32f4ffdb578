import HTTP
import Synchronization

/// A reader that came for server-sent events: the pieces of the body that it is answered with.
final class EventStreamBody: Sendable {
    private let seat: StreamSeat
    private let heartbeat: Duration
    private let hasBegun = Atomic(false)

    init(_ seat: StreamSeat, heartbeat: Duration) {
        self.seat = seat
        self.heartbeat = heartbeat
    }

    /// The next event, or a sign of life when none came for a while; nil at the end.
    func next() async -> [UInt8]? {
        // Mastodon's first line; it makes proxies pass on the head.
        if !hasBegun.exchange(true, ordering: .relaxed) { return Array(":)\n".utf8) }
        return switch await seat.reader.next(within: heartbeat) {
        case .message(let message, _): message.lines
        case .silence: EventStream.heartbeat
        case .over: nil
        }
    }
}
