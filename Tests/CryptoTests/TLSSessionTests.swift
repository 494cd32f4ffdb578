import Crypto
import Testing

struct TLSSessionTests {
    @Test func `a client and a server talk`() throws {
        let pair = try TLSPair()
        try pair.shakeHands()
        #expect(pair.client.version == "TLSv1.3")
        #expect(pair.client.applicationProtocol == "http/1.1")
        #expect(pair.server.applicationProtocol == "http/1.1")
        #expect(!pair.client.wasResumed)

        try pair.client.write("GET / HTTP/1.1\r\n\r\n")
        pair.carry()
        #expect(try pair.server.readAll() == (Array("GET / HTTP/1.1\r\n\r\n".utf8), .needsInput))
        try pair.server.write("HTTP/1.1 204 No Content\r\n\r\n")
        pair.carry()
        #expect(try pair.client.readAll() == (Array("HTTP/1.1 204 No Content\r\n\r\n".utf8), .needsInput))
    }

    @Test func `the wire may deliver a byte at a time`() throws {
        let pair = try TLSPair()
        func trickle(from: TLSSession, to: TLSSession, _ step: () throws -> Void) rethrows {
            for byte in from.takeOutgoing() {
                withUnsafeBytes(of: byte) { to.receive($0) }
                try step()
            }
        }
        var isDone = false
        #expect(try !pair.client.handshake())
        for _ in 0..<3 {
            try trickle(from: pair.client, to: pair.server) { _ = try pair.server.handshake() }
            try trickle(from: pair.server, to: pair.client) { isDone = try pair.client.handshake() }
        }
        #expect(isDone)
        try pair.client.write("hello")
        var received: [UInt8] = []
        try trickle(from: pair.client, to: pair.server) { received += try pair.server.readAll().bytes }
        #expect(received == Array("hello".utf8))
    }

    @Test func `more than a record arrives whole, in the pieces that are asked for`() throws {
        let pair = try TLSPair()
        try pair.shakeHands()
        let plain = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try pair.client.write(plain)
        #expect(pair.client.pendingOutgoing > plain.count)
        pair.carry()
        #expect(pair.client.pendingOutgoing == 0)
        #expect(pair.server.pendingIncoming > plain.count)

        var received: [UInt8] = []
        #expect(try pair.server.read(into: &received, max: 10) == .bytes(10))
        #expect(try pair.server.read(into: &received, max: 70_000) == .bytes(70_000))
        #expect(try pair.server.read(into: &received, max: 70_000) == .bytes(29_990))
        #expect(try pair.server.read(into: &received, max: 70_000) == .needsInput)
        #expect(received == plain)
        #expect(pair.server.pendingIncoming == 0)
    }

    @Test func `a close in good order can be told from silence`() throws {
        let pair = try TLSPair()
        try pair.shakeHands()
        try pair.client.write("bye")
        pair.client.shutdown()
        pair.carry()
        #expect(try pair.server.readAll() == (Array("bye".utf8), .closed))
        // The other direction is still open.
        try pair.server.write("so long")
        pair.server.shutdown()
        pair.carry()
        #expect(try pair.client.readAll() == (Array("so long".utf8), .closed))
    }

    @Test func `nothing is written before the handshake`() throws {
        let pair = try TLSPair()
        #expect(throws: TLSError.protocolError("nothing can be written yet")) {
            try pair.client.write("early")
        }
        try pair.shakeHands()
        try pair.client.write("now")
    }

    @Test func `a changed record is refused, and the connection is over`() throws {
        let pair = try TLSPair()
        try pair.shakeHands()
        try pair.client.write("hello")
        var record = pair.client.takeOutgoing()
        record[record.count - 1] ^= 1
        record.withUnsafeBytes { pair.server.receive($0) }
        var plain: [UInt8] = []
        #expect(throws: TLSError.self) { try pair.server.read(into: &plain, max: 100) }
        #expect(plain.isEmpty)
        // The alert that tells the client.
        #expect(pair.server.pendingOutgoing > 0)
        #expect(throws: TLSError.self) { try pair.server.write("anyway") }
        pair.carry()
        #expect(throws: TLSError.self) { try pair.client.readAll() }
    }

    @Test func `plain HTTP at a TLS port is refused`() throws {
        let pair = try TLSPair()
        Array("GET / HTTP/1.1\r\nHost: pond.example\r\n\r\n".utf8).withUnsafeBytes { pair.server.receive($0) }
        #expect(throws: TLSError.protocolError("http request")) { try pair.server.handshake() }
    }

    @Test func `garbage at a TLS port is refused`() throws {
        let pair = try TLSPair()
        [UInt8](repeating: 0x16, count: 5000).withUnsafeBytes { pair.server.receive($0) }
        #expect(throws: TLSError.self) { try pair.server.handshake() }
        #expect(throws: TLSError.self) { try pair.server.handshake() }
    }
}
