import Testing

@testable import HTTP

@Suite struct WebSocketFrameTests {
    /// RFC 6455 section 5.7.
    @Test func `the examples of the RFC come out`() {
        let hello = Array("Hello".utf8)
        #expect(WebSocketFrame.message(.text("Hello")) == [0x81, 0x05] + hello)
        #expect(
            WebSocketFrame.frame(.text, hello, mask: [0x37, 0xFA, 0x21, 0x3D])
                == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
        #expect(
            WebSocketFrame.frame(.text, Array("Hel".utf8), isFinal: false) == [0x01, 0x03, 0x48, 0x65, 0x6C])
        #expect(WebSocketFrame.ping(hello) == [0x89, 0x05] + hello)
        #expect(WebSocketFrame.pong(hello) == [0x8A, 0x05] + hello)
    }

    @Test(
        arguments: [
            (0, [0x82, 0]), (125, [0x82, 125]), (126, [0x82, 126, 0, 126]), (256, [0x82, 126, 1, 0]),
            (65_535, [0x82, 126, 0xFF, 0xFF]), (65_536, [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])])
    func `the length takes the shortest form`(count: Int, header: [UInt8]) {
        let bytes = WebSocketFrame.message(.binary([UInt8](repeating: 7, count: count)))
        #expect(bytes.starts(with: header) && bytes.count == header.count + count)
    }

    @Test func `a close frame has a code and as much reason as fits`() {
        #expect(WebSocketFrame.close(nil) == [0x88, 0])
        #expect(WebSocketFrame.close(1_000, "ok") == [0x88, 4, 0x03, 0xE8, 0x6F, 0x6B])
        let long = WebSocketFrame.close(1_000, String(repeating: "é", count: 100))
        #expect(long.count == 2 + 2 + 122 && String(validating: long[4...], as: UTF8.self) != nil)
        #expect(WebSocketFrame.ping([UInt8](repeating: 0, count: 200)).count == 127)
    }

    @Test(
        arguments: [
            (WebSocketError.protocolViolation, 1_002), (.notUTF8, 1_007), (.messageTooLong(limit: 1), 1_009),
        ] as [(WebSocketError, UInt16)])
    func `every fault has its code`(error: WebSocketError, code: UInt16) {
        #expect(error.closeCode == code)
    }
}
