import HTTP
import Testing

@Suite struct HeadParserTests {
    private func parse(_ text: String, limits: Limits = .standard) throws(HeadError) -> RequestHead? {
        var parser = HeadParser(limits: limits)
        return try parser.receive(Array(text.utf8)).head
    }

    @Test func `a request becomes its parts`() throws {
        let head = try #require(
            try parse(
                "POST /a%20b?c=d HTTP/1.1\r\nHost: x.example:80\r\nX-Pad: \t v \t\r\nX-Empty:\r\n"
                    + "Content-Length: 5\r\n\r\n"
            ))
        #expect(head.method == .post && head.version == 1 && head.keepAlive && !head.expectsContinue)
        #expect(head.target.path == "/a%20b" && head.target.query == "c=d")
        #expect(head.fields["x-pad"] == "v" && head.fields["x-empty"] == "")
        #expect(head.fields.count == 4 && head.framing == .length(5))
    }

    @Test func `bytes may come one at a time`() throws {
        let text = "\r\nGET / HTTP/1.1\r\nhOsT: a\r\nAccept: */*\r\n\r\n"
        var parser = HeadParser()
        var heads: [RequestHead] = []
        for byte in text.utf8 {
            let (consumed, head) = try parser.receive([byte])
            #expect(consumed == 1)
            if let head { heads.append(head) }
        }
        #expect(heads.count == 1 && heads[0].fields["Accept"] == "*/*")
    }

    @Test func `what follows a head is left`() throws {
        let one = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        let bytes = Array((one + one + "rest").utf8)
        var parser = HeadParser()
        #expect(!parser.hasBegun)
        let first = try parser.receive(bytes)
        #expect(first.consumed == one.utf8.count && first.head?.target.path == "/1" && !parser.hasBegun)
        let second = try parser.receive(bytes[first.consumed...])
        #expect(second.consumed == one.utf8.count && second.head != nil)
        let third = try parser.receive(bytes[(first.consumed + second.consumed)...])
        #expect(third.consumed == 4 && third.head == nil && parser.hasBegun)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false),
        ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", false),
        ("GET / HTTP/1.0\r\n\r\n", false), ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true),
        ("GET / HTTP/1.9\r\nHost: a\r\n\r\n", true),
    ])
    func `the connection stays if the version and the client say so`(text: String, keepAlive: Bool) throws {
        #expect(try parse(text)?.keepAlive == keepAlive)
    }

    @Test func `a client may wait before its body`() throws {
        let line = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n"
        #expect(try parse(line + "Content-Length: 5\r\n\r\n")?.expectsContinue == true)
        #expect(try parse(line + "\r\n")?.expectsContinue == false)
        #expect(
            try parse("POST / HTTP/1.0\r\nExpect: x\r\nContent-Length: 5\r\n\r\n")?.expectsContinue == false)
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", HeadError.missingHost),
        ("GET / HTTP/1.1\r\nHost:\r\n\r\n", .malformedHost),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
        ("GET / HTTP/1.1\r\nHost: a/b@c\r\n\r\n", .malformedHost),
        ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", .unsupportedVersion),
        ("GET / http/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        ("GET / HTTP/1.10\r\nHost: a\r\n\r\n", .malformedRequestLine),
        ("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", .malformedRequestLine),
        ("GET /\r\nHost: a\r\n\r\n", .malformedRequestLine), ("GET\r\n\r\n", .malformedRequestLine),
        (" GET / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        ("\r\n\r\nGET / HTTP/1.1\r\n", .malformedRequestLine),
        ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedTarget),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", .malformedTarget),
        ("GET * HTTP/1.1\r\n\r\n", .malformedTarget),
        ("GET /%zz HTTP/1.1\r\n\r\n", .malformedTarget), ("GET /a%00b HTTP/1.1\r\n\r\n", .malformedTarget),
        ("GET /../../etc/passwd HTTP/1.1\r\n\r\n", .malformedTarget),
        ("CONNECT a:443 HTTP/1.1\r\n\r\n", .malformedTarget),
        ("GE(T / HTTP/1.1\r\nHost: a\r\n\r\n", .malformedRequestLine),
        ("\u{16}\u{3}\u{1}\u{2}", .malformedRequestLine),
        ("GET / HTTP/1.1\r\nX-Bad : v\r\n\r\n", .malformedField),
        ("GET / HTTP/1.1\r\nnonsense\r\n\r\n", .malformedField),
        ("GET / HTTP/1.1\r\n: v\r\n\r\n", .malformedField),
        ("GET / HTTP/1.1\r\nX\u{1}: v\r\n\r\n", .malformedField),
        ("GET / HTTP/1.1\r\nX-É: v\r\n\r\n", .malformedField),
        ("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField),
        ("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n", .foldedField),
        ("GET / HTTP/1.1\r\nX: a\rb\r\n\r\n", .invalidByte),
        ("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", .invalidByte),
        ("GET / HTTP/1.1\r\nX: a\u{7F}\r\n\r\n", .invalidByte), ("GET / HTTP/1.1\nHost: a\n\n", .invalidByte),
        ("GET / HTTP/1.1\r\nHost: a\n\r\n", .invalidByte), ("GET / HTTP/1.1\r\nX: a\r\r\n\r\n", .invalidByte),
        ("GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", .unsupportedExpectation),
    ])
    func `what is broken is refused for its reason`(text: String, error: HeadError) {
        #expect(throws: error) { try parse(text) }
        // And alike when the pieces are small.
        #expect(throws: error) {
            var parser = HeadParser()
            for byte in text.utf8 { _ = try parser.receive([byte]) }
        }
    }

    @Test(arguments: [
        ("Content-Length: 4\r\nTransfer-Encoding: chunked", HeadError.ambiguousFraming),
        ("Transfer-Encoding: chunked\r\nContent-Length: 4", .ambiguousFraming),
        ("Content-Length: 5\r\nContent-Length: 6", .badContentLength),
        ("Content-Length: 5\r\nContent-Length: 5", .badContentLength),
        ("Content-Length: 5, 6", .badContentLength),
        ("Content-Length: +5", .badContentLength), ("Content-Length: -1", .badContentLength),
        ("Content-Length: 0x5", .badContentLength), ("Content-Length: 5 5", .badContentLength),
        ("Content-Length:", .badContentLength),
        ("Content-Length: 99999999999999999999999", .badContentLength),
        ("Content-Length: ٥", .badContentLength), ("Content-Length : 5", .malformedField),
        ("Transfer-Encoding: xchunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: chunked, identity", .unsupportedTransferCoding),
        ("Transfer-Encoding: gzip, chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding:", .unsupportedTransferCoding),
        ("Transfer-Encoding: \"chunked\"", .unsupportedTransferCoding),
        ("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .unsupportedTransferCoding),
        ("Transfer-Encoding: chun\rked", .invalidByte), ("Transfer-Encoding: \u{B}chunked", .invalidByte),
        ("Transfer-Encoding:\r\n chunked", .foldedField), ("Transfer-Encoding\t: chunked", .malformedField),
    ])
    func `nothing can be smuggled`(fields: String, error: HeadError) {
        #expect(throws: error) { try parse("POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n") }
    }

    @Test func `an endless request line is refused at the limit`() throws {
        let limit = Limits.standard.requestLine
        // "GET " and " HTTP/1.1\r\n" are 15 bytes.
        let longest = "GET /" + String(repeating: "a", count: limit - 16) + " HTTP/1.1\r\n"
        #expect(longest.utf8.count == limit)
        #expect(try parse(longest + "Host: a\r\n\r\n") != nil)
        #expect(throws: HeadError.requestLineTooLong(limit: limit)) { try parse("G" + longest) }
        #expect(throws: HeadError.requestLineTooLong(limit: limit)) {
            try parse(String(repeating: "a", count: limit))
        }
        #expect(throws: Never.self) { try parse(String(repeating: "a", count: limit - 1)) }
    }

    @Test func `a long head is refused at the limit`() throws {
        let limit = Limits.standard.head
        let start = "GET / HTTP/1.1\r\nHost: a\r\nX: "
        let longest = start + String(repeating: "a", count: limit - start.utf8.count - 4) + "\r\n\r\n"
        #expect(longest.utf8.count == limit)
        #expect(try parse(longest) != nil)
        let error = HeadError.headTooLong(limit: limit)
        #expect(throws: error) { try parse(longest.replacing("X:", with: "XX:")) }
        // Refused before its end has come.
        #expect(throws: error) { try parse(start + String(repeating: "a", count: limit)) }
        #expect(throws: error) {
            var parser = HeadParser()
            _ = try parser.receive(Array(start.utf8))
            while true { _ = try parser.receive([UInt8](repeating: 0x61, count: 1_000)) }
        }
    }

    @Test func `more fields than the limit are refused`() throws {
        let limit = Limits.standard.headerCount
        let most = "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: v\r\n", count: limit - 1)
        #expect(try parse(most + "\r\n")?.fields.count == limit)
        #expect(throws: HeadError.tooManyFields(limit: limit)) { try parse(most + "X: v\r\n\r\n") }
    }

    @Test func `after a fault nothing is read any more`() {
        var parser = HeadParser()
        #expect(throws: HeadError.malformedField) {
            try parser.receive(Array("GET / HTTP/1.1\r\n:\r\n".utf8))
        }
        #expect(throws: HeadError.malformedField) {
            try parser.receive(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        }
    }

    @Test func `the asterisk is for OPTIONS alone`() throws {
        #expect(try parse("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")?.target.path == "*")
    }
}
