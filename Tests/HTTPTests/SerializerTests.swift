import HTTP
import Testing

@Suite struct SerializerTests {
    private let date = "Sun, 06 Nov 1994 08:49:37 GMT"

    private func write(
        _ response: Response, to method: Method = .get, version: Int = 1, keepAlive: Bool = true
    ) -> (text: String, framing: BodyFraming) {
        var bytes: [UInt8] = []
        let framing = Serializer.write(
            head: response, to: method, version: version, keepAlive: keepAlive, date: date, into: &bytes)
        return (String(decoding: bytes, as: UTF8.self), framing)
    }

    @Test func `a head is written whole`() {
        let (text, framing) = write(.text(.ok, "hello"))
        #expect(
            text == """
                HTTP/1.1 200 OK\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Length: 5\r
                \r\n
                """)
        #expect(framing == .length(5))
    }

    @Test(arguments: [
        ("GET", 1, true, "Transfer-Encoding: chunked\r\n", BodyFraming.chunked),
        ("GET", 1, false, "Transfer-Encoding: chunked\r\nConnection: close\r\n", .chunked),
        ("GET", 0, true, "Connection: close\r\n", .untilClose), ("HEAD", 1, true, "", .none),
    ])
    func `a stream is framed as the client can read it`(
        method: String, version: Int, keepAlive: Bool, fields: String, framing: BodyFraming
    ) {
        let response = Response(.ok, body: .stream(.of([])))
        let written = write(response, to: Method(rawValue: method), version: version, keepAlive: keepAlive)
        #expect(written.text == "HTTP/1.1 200 OK\r\nDate: \(date)\r\n\(fields)\r\n")
        #expect(written.framing == framing)
    }

    @Test(arguments: [
        (200, ResponseBody.bytes([]), "Content-Length: 0\r\n", BodyFraming.none),
        (204, .none, "", .none), (304, .bytes([1]), "", .none),
        (200, .file(path: "/x", range: 2..<5), "Content-Length: 3\r\n", .length(3)),
    ])
    func `a body that is none has no length where none may be`(
        code: Int, body: ResponseBody, fields: String, framing: BodyFraming
    ) {
        let written = write(Response(Status(code), body: body))
        #expect(written.text.hasSuffix("Date: \(date)\r\n\(fields)\r\n"))
        #expect(written.framing == framing)
    }

    @Test func `HEAD announces what GET would send`() {
        let (text, framing) = write(.text(.ok, "hello"), to: .head)
        #expect(text == write(.text(.ok, "hello")).text && framing == .none)
    }

    @Test func `the connection's fate is written`() {
        #expect(write(.text(.ok, ""), keepAlive: false).text.contains("\r\nConnection: close\r\n"))
        #expect(write(.text(.ok, ""), version: 0).text.contains("\r\nConnection: keep-alive\r\n"))
    }

    @Test func `a handler cannot frame`() {
        let fields: Fields = [
            "Content-Length": "99", "transfer-encoding": "chunked", "DATE": "x", "Connection": "x",
            "Keep-Alive": "x",
            "X-A": "kept",
        ]
        #expect(
            write(Response(.ok, fields: fields)).text
                == "HTTP/1.1 200 OK\r\nDate: \(date)\r\nX-A: kept\r\nContent-Length: 0\r\n\r\n")
    }

    @Test func `a value cannot end its line, and a name must be one`() {
        let fields: Fields = [
            "X-A": "a\r\nSet-Cookie: b\0\u{1}c", "X B": "lost", "X:B": "lost", "": "lost", "X\r\nY": "lost",
        ]
        let text = write(Response(.ok, fields: fields)).text
        #expect(text.contains("\r\nX-A: aSet-Cookie: bc\r\n") && !text.contains("lost"))
    }

    @Test func `a switch of protocols keeps its Connection`() {
        let response = Response(
            .switchingProtocols, fields: ["Upgrade": "websocket", "Connection": "Upgrade"])
        let (text, framing) = write(response, keepAlive: false)
        #expect(
            text
                == "HTTP/1.1 101 Switching Protocols\r\nDate: \(date)\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
        )
        #expect(framing == .none)
    }

    @Test func `an odd status still has three digits`() {
        #expect(write(Response(Status(42))).text.hasPrefix("HTTP/1.1 100 "))
        #expect(write(Response(Status(4_242))).text.hasPrefix("HTTP/1.1 999 "))
    }

    @Test func `a request to another server is written whole`() throws {
        let url = try #require(WebURL("https://a.example:8443/inbox?x"))
        var bytes: [UInt8] = []
        Serializer.write(
            requestHead: .post, url: url,
            fields: ["Date": date, "Host": "evil", "Content-Length": "1", "Signature": "a\nb"], bodyCount: 7,
            keepAlive: false, into: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                POST /inbox?x HTTP/1.1\r
                Host: a.example:8443\r
                Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                Signature: ab\r
                Content-Length: 7\r
                Connection: close\r
                \r\n
                """)
    }

    @Test func `a GET has no length`() throws {
        var bytes: [UInt8] = []
        Serializer.write(
            requestHead: .get, url: try #require(WebURL("http://a/")), fields: Fields(), bodyCount: 0,
            keepAlive: true,
            into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    }
}
