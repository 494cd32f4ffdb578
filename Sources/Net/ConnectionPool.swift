import Crypto
import HTTP

/// Idle connections to other servers, and the TLS tickets that make the next one cheap.
@Loop
struct ConnectionPool {
    private let limits: Limits
    private var idle: [String: [OutboundConnection]] = [:]
    private var count = 0
    private var tickets: [String: TLSTicket] = [:]

    nonisolated init(limits: Limits) {
        self.limits = limits
    }

    /// The connection to this origin that was used last.
    mutating func take(_ origin: String) -> OutboundConnection? {
        guard let connection = idle[origin]?.popLast() else { return nil }
        if idle[origin]?.isEmpty == true { idle[origin] = nil }
        count -= 1
        connection.rest(for: nil)
        return connection
    }

    /// Keeps a connection for a while; one that is too many is closed.
    mutating func put(_ connection: OutboundConnection) {
        if count >= limits.idleInAll || idle[connection.origin, default: []].count >= limits.idlePerHost {
            sweep()
        }
        guard idle[connection.origin, default: []].count < limits.idlePerHost else {
            return connection.stream.close()
        }
        // Whoever was used just now is likelier to be used again.
        if count >= limits.idleInAll, let other = idle.keys.first(where: { $0 != connection.origin }) {
            take(other)?.stream.close()
        }
        guard count < limits.idleInAll else { return connection.stream.close() }
        idle[connection.origin, default: []].append(connection)
        count += 1
        connection.rest(for: limits.idleFor)
    }

    /// Closes all that rests.
    mutating func clear() {
        for connection in idle.values.joined() {
            connection.rest(for: nil)
            connection.stream.close()
        }
        idle = [:]
        count = 0
    }

    /// Drops what was closed while it rested.
    private mutating func sweep() {
        idle = idle.mapValues { $0.filter(\.stream.isOpen) }.filter { !$0.value.isEmpty }
        count = idle.values.reduce(0) { $0 + $1.count }
    }

    func ticket(for origin: String) -> TLSTicket? { tickets[origin] }

    mutating func remember(_ ticket: TLSTicket?, for origin: String) {
        guard let ticket else { return }
        // As many as there may be connections; any one makes room.
        if tickets.count >= 64, let any = tickets.keys.first { tickets[any] = nil }
        tickets[origin] = ticket
    }
}
