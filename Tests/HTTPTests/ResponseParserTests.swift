import HTTP
import Testing

@Suite struct ResponseParserTests {
    private func parse(_ text: String, to method: Method = .get) throws(HeadError) -> ResponseHead? {
        var parser = ResponseParser(to: method)
        return try parser.receive(Array(text.utf8)[...]).head
    }

    @Test func `a response becomes its parts`() throws {
        let text = "HTTP/1.1 200 Fine by me\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n"
        var parser = ResponseParser(to: .get)
        #expect(!parser.hasBegun)
        let (consumed, head) = try parser.receive(Array((text + "ok").utf8)[...])
        #expect(consumed == text.utf8.count && parser.hasBegun)
        #expect(head?.status == .ok && head?.framing == .length(2) && head?.keepAlive == true)
        #expect(head?.fields["content-type"] == "text/plain")
    }

    @Test func `interim responses are skipped, byte by byte too`() throws {
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nLink: x\r\n\r\nHTTP/1.1 404\r\nA: b\r\n\r\n"
        var parser = ResponseParser(to: .post)
        var head: ResponseHead?
        for byte in text.utf8 { head = try parser.receive([byte]).head }
        #expect(head?.status == .notFound && head?.fields.count == 1 && head?.framing == .untilClose)
    }

    @Test func `interim responses are bounded`() throws {
        let interim = String(repeating: "HTTP/1.1 103\r\n\r\n", count: Limits.standard.interimResponses)
        #expect(try parse(interim + "HTTP/1.1 200\r\n\r\n") != nil)
        #expect(throws: HeadError.tooManyInterimResponses(limit: Limits.standard.interimResponses)) {
            try parse(interim + "HTTP/1.1 103\r\n\r\n")
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200\r\nContent-Length: 1\r\n\r\n", true), ("HTTP/1.1 200\r\n\r\n", false),
        ("HTTP/1.1 204\r\n\r\n", true),
        ("HTTP/1.1 200\r\nContent-Length: 1\r\nConnection: close\r\n\r\n", false),
        ("HTTP/1.0 200\r\nContent-Length: 1\r\n\r\n", false),
        ("HTTP/1.0 200\r\nContent-Length: 1\r\nConnection: Keep-Alive\r\n\r\n", true),
        ("HTTP/1.1 200\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", false),
        ("HTTP/1.1 101\r\n\r\n", false),
    ])
    func `a connection is kept only when all is clear`(text: String, keepAlive: Bool) throws {
        #expect(try parse(text)?.keepAlive == keepAlive)
    }

    @Test func `nothing follows the answer to HEAD`() throws {
        #expect(
            try parse("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", to: .head)?.framing == BodyFraming.none)
    }

    @Test(arguments: [
        ("HTTP/2 200\r\n", HeadError.malformedStatusLine), ("HTTP/2.0 200\r\n", .unsupportedVersion),
        ("HTTP/1.1 20\r\n", .malformedStatusLine), ("HTTP/1.1 2000\r\n", .malformedStatusLine),
        ("HTTP/1.1 099 x\r\n", .malformedStatusLine), ("HTTP/1.1 600\r\n", .malformedStatusLine),
        ("HTTP/1.1  200\r\n", .malformedStatusLine), ("HTTP/1.1\r\n", .malformedStatusLine),
        ("<html>\r\n", .malformedStatusLine), ("\r\n", .malformedStatusLine),
        ("HTTP/1.1 200\n", .invalidByte),
        ("HTTP/1.1 200\r\nx\r\n", .malformedField), ("HTTP/1.1 200\r\nA: b\r\n c\r\n", .foldedField),
        ("HTTP/1.1 200\r\nContent-Length: 1, 2\r\n\r\n", .badContentLength),
        ("HTTP/1.1 200\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .unsupportedTransferCoding),
        ("HTTP/1.0 200\r\nTransfer-Encoding: chunked\r\n\r\n", .ambiguousFraming),
    ])
    func `what is broken is refused for its reason`(text: String, error: HeadError) {
        #expect(throws: error) { try parse(text) }
    }

    @Test func `a head is refused at the limit`() throws {
        let limit = Limits.standard.responseHeadBytes
        let start = "HTTP/1.1 200\r\nX: "
        let longest = start + String(repeating: "a", count: limit - start.utf8.count - 4) + "\r\n\r\n"
        #expect(try parse(longest) != nil)
        #expect(throws: HeadError.headTooLong(limit: limit)) {
            try parse(longest.replacing("X:", with: "XX:"))
        }
        #expect(throws: HeadError.headTooLong(limit: limit)) {
            try parse(String(repeating: "a", count: limit))
        }
        let fields = String(repeating: "X: y\r\n", count: Limits.standard.headerCount + 1)
        #expect(throws: HeadError.tooManyFields(limit: 100)) { try parse("HTTP/1.1 200\r\n" + fields) }
    }
}
