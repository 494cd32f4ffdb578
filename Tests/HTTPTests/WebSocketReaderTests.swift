import Testing

@testable import HTTP

/// The intents of the groups of the Autobahn test suite, as far as a reader can meet them.
@Suite struct WebSocketReaderTests {
    private let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    private let violation: [WebSocketEvent] = [.failed(.protocolViolation)]

    private func frame(_ opcode: WebSocketFrame.Opcode, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
        WebSocketFrame.frame(opcode, payload, isFinal: isFinal, mask: mask)
    }

    private func frame(_ opcode: WebSocketFrame.Opcode, _ text: String, isFinal: Bool = true) -> [UInt8] {
        frame(opcode, Array(text.utf8), isFinal: isFinal)
    }

    /// Reads whole and byte by byte, and expects the same.
    private func read(_ frames: [UInt8]..., limit: Int = 65_536) -> [WebSocketEvent] {
        let bytes = Array(frames.joined())
        var whole = WebSocketReader(limit: limit)
        let events = whole.receive(bytes)
        var slow = WebSocketReader(limit: limit)
        #expect(bytes.flatMap { slow.receive([$0]) } == events)
        return events
    }

    @Test(arguments: [0, 1, 125, 126, 127, 128, 1_000, 65_535, 65_536])
    func `messages of every size of length come through`(count: Int) {
        let text = String(repeating: "*", count: count)
        #expect(read(frame(.text, text)) == [.message(.text(text))])
        let bytes = [UInt8](repeating: 0xFE, count: count)
        #expect(read(frame(.binary, bytes)) == [.message(.binary(bytes))])
    }

    @Test func `pings and pongs carry up to 125 bytes`() {
        let most = [UInt8](repeating: 0xFF, count: 125)
        #expect(read(frame(.ping, []), frame(.ping, most)) == [.ping([]), .ping(most)])
        #expect(
            read(frame(.pong, "unasked"), frame(.ping, "x")) == [.pong(Array("unasked".utf8)), .ping([0x78])])
        #expect(read(frame(.ping, most + [0])) == violation)
    }

    @Test(arguments: [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70] as [UInt8])
    func `reserved bits are refused, after what came before`(bits: UInt8) {
        var second = frame(.text, "b")
        second[0] |= bits
        #expect(read(frame(.text, "a"), second, frame(.ping, "")) == [.message(.text("a"))] + violation)
    }

    @Test(arguments: [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8])
    func `reserved opcodes are refused`(opcode: UInt8) {
        #expect(read([0x80 | opcode, 0x80, 0, 0, 0, 0]) == violation)
    }

    @Test func `fragments are put together, with controls between them`() {
        #expect(
            read(
                frame(.text, "a", isFinal: false), frame(.ping, "p"),
                frame(.continuation, "", isFinal: false),
                frame(.pong, ""), frame(.continuation, "b"), frame(.binary, [1]))
                == [.ping([0x70]), .pong([]), .message(.text("ab")), .message(.binary([1]))])
    }

    @Test func `fragments out of order are refused`() {
        #expect(read(frame(.continuation, "a")) == violation)
        #expect(read(frame(.continuation, "a", isFinal: false)) == violation)
        #expect(read(frame(.text, "a", isFinal: false), frame(.text, "b")) == violation)
        #expect(read(frame(.text, "a", isFinal: false), frame(.binary, "b", isFinal: false)) == violation)
        #expect(
            read(frame(.text, "a"), frame(.continuation, "b")) == [.message(.text("a"))] + violation)
    }

    @Test(arguments: [WebSocketFrame.Opcode.ping, .pong, .close])
    func `controls in fragments are refused`(opcode: WebSocketFrame.Opcode) {
        #expect(read(frame(opcode, "", isFinal: false)) == violation)
    }

    @Test func `text may be cut inside a character`() {
        let text = Array("κ\u{1F600}".utf8)
        for cut in 0...text.count {
            let events = read(
                frame(.text, Array(text[..<cut]), isFinal: false), frame(.continuation, Array(text[cut...])))
            #expect(events == [.message(.text("κ\u{1F600}"))])
        }
    }

    @Test(
        arguments: [
            [0xCE], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80], [0x41, 0xFF],
            [0xF0, 0x9F, 0x98],
        ] as [[UInt8]])
    func `text that is not UTF-8 is refused, bytes are not`(payload: [UInt8]) {
        #expect(read(frame(.text, payload)) == [.failed(.notUTF8)])
        #expect(read(frame(.binary, payload)) == [.message(.binary(payload))])
    }

    @Test func `text fails as soon as it cannot be UTF-8`() {
        var reader = WebSocketReader()
        let bytes = frame(.text, [0x41, 0xF4, 0x90, 0x41, 0x41], isFinal: false)
        #expect(reader.receive(bytes[..<8]) == [])
        #expect(reader.receive(bytes[8..<9]) == [.failed(.notUTF8)])
        #expect(reader.receive(bytes[9...]) == [])
    }

    @Test func `a close ends everything`() {
        #expect(read(frame(.close, []), frame(.ping, "")) == [.closed(code: nil, reason: "")])
        #expect(
            read(
                frame(.text, "a", isFinal: false), frame(.close, [0x03, 0xE8] + Array("bye".utf8)),
                frame(.ping, ""))
                == [.closed(code: 1_000, reason: "bye")])
    }

    @Test(
        arguments: [
            1_000, 1_001, 1_002, 1_003, 1_007, 1_008, 1_009, 1_010, 1_011, 1_012, 1_013, 1_014, 3_000, 3_999,
            4_000, 4_999,
        ] as [UInt16])
    func `codes for the wire are taken`(code: UInt16) {
        #expect(
            read(frame(.close, [UInt8(code >> 8), UInt8(code & 255)])) == [.closed(code: code, reason: "")])
    }

    @Test(
        arguments: [
            0, 999, 1_004, 1_005, 1_006, 1_015, 1_016, 1_100, 2_000, 2_999, 5_000, 65_535,
        ] as [UInt16])
    func `codes not for the wire are refused`(code: UInt16) {
        #expect(read(frame(.close, [UInt8(code >> 8), UInt8(code & 255)])) == violation)
    }

    @Test func `half a code, a long reason and one that is no text are refused`() {
        #expect(read(frame(.close, [3])) == violation)
        #expect(read(frame(.close, [0x03, 0xE8] + [UInt8](repeating: 0x61, count: 124))) == violation)
        #expect(read(frame(.close, [0x03, 0xE8, 0xFF])) == [.failed(.notUTF8)])
    }

    @Test func `a client must mask, and a server must not`() {
        #expect(read(WebSocketFrame.message(.text("a"))) == violation)
        var client = WebSocketReader(expectsMask: false)
        #expect(client.receive(WebSocketFrame.message(.text("a"))) == [.message(.text("a"))])
        #expect(client.receive(frame(.text, "a")) == violation)
    }

    @Test(
        arguments: [
            [0x82, 0xFE, 0, 125], [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
            [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0],
        ] as [[UInt8]])
    func `a length in a longer form than needed is refused`(header: [UInt8]) {
        #expect(read(header + mask) == violation)
    }

    @Test func `a message may be as long as its limit, fragments together`() {
        #expect(read(frame(.text, "1234"), limit: 4) == [.message(.text("1234"))])
        #expect(read(frame(.text, "12345"), limit: 4) == [.failed(.messageTooLong(limit: 4))])
        #expect(
            read(
                frame(.text, "123", isFinal: false), frame(.continuation, "4"), frame(.text, "1234"), limit: 4
            )
                == [.message(.text("1234")), .message(.text("1234"))])
        #expect(
            read(frame(.text, "123", isFinal: false), frame(.continuation, "45"), limit: 4)
                == [.failed(.messageTooLong(limit: 4))])
        // The announcement is enough.
        #expect(
            read([0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + mask)
                == [.failed(.messageTooLong(limit: 65_536))])
        // Controls are no part of a message.
        #expect(read(frame(.ping, "12345"), limit: 4) == [.ping(Array("12345".utf8))])
    }
}
