import HTTP
import Testing

/// What a server's loop makes of raw bytes, with nothing but the parsers: every answer it would give.
private struct Connection {
    enum Outcome: Hashable {
        case answer(Int)
        case closed
        case waits
    }

    private let router = Router([
        Route(.get, "/x") { _ in .text(.ok, "") },
        Route(.post, "/form", body: .buffered(limit: 1_000)) { _ in .text(.ok, "") },
    ])
    private var parser = HeadParser()
    private var body: (head: RequestHead, reader: BodyReader)?
    private(set) var outcomes: [Outcome] = []
    private(set) var bodies: [String] = []
    private var content: [UInt8] = []
    private var isClosed = false

    static func talk(_ text: String, pieces size: Int = .max) -> [Outcome] {
        var connection = Connection()
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty, !connection.isClosed {
            connection.receive(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        if connection.outcomes.isEmpty { return [connection.isClosed ? .closed : .waits] }
        return connection.outcomes
    }

    mutating func receive(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while !rest.isEmpty, !isClosed {
            do {
                if body != nil { try readBody(&rest) } else { try readHead(&rest) }
            } catch let error as HeadError {
                refuse(error.status)
            } catch let error as BodyError {
                refuse(error.status)
            } catch {
                Issue.record("an unexpected \(error)")
            }
        }
    }

    private mutating func readHead(_ rest: inout ArraySlice<UInt8>) throws {
        let (consumed, head) = try parser.receive(rest)
        rest = rest.dropFirst(consumed)
        guard let head else { return }
        var limit = 1_000
        if case .found(let route, _) = router.match(head.method, head.target) { limit = route.body.limit }
        let reader = try BodyReader(head.framing, limit: limit)
        if head.expectsContinue { outcomes.append(.answer(100)) }
        body = (head, reader)
        finishIfComplete()
    }

    private mutating func readBody(_ rest: inout ArraySlice<UInt8>) throws {
        guard let consumed = try body?.reader.receive(rest, into: &content) else { return }
        rest = rest.dropFirst(consumed)
        finishIfComplete()
    }

    private mutating func finishIfComplete() {
        guard let (head, reader) = body, reader.isFinished else { return }
        body = nil
        bodies.append(String(decoding: content, as: UTF8.self))
        content = []
        switch router.match(head.method, head.target) {
        case .found: outcomes.append(.answer(200))
        case .methodNotAllowed: outcomes.append(.answer(405))
        case .notFound: outcomes.append(.answer(404))
        }
        isClosed = !head.keepAlive
    }

    private mutating func refuse(_ status: Status) {
        outcomes.append(.answer(status.code))
        isClosed = true
    }
}

@Suite struct ConnectionTests {
    static let get = "GET /x HTTP/1.1\r\nHost: a\r\nUser-Agent: t\r\n"
    static let post = "POST /form HTTP/1.1\r\nHost: a\r\n"
    static let chunks = "4\r\nform\r\n0\r\n\r\n"

    private func expect(_ text: String, _ codes: [Int], sourceLocation: SourceLocation = #_sourceLocation) {
        let outcomes = codes.map { Connection.Outcome.answer($0) }
        #expect(Connection.talk(text) == outcomes, sourceLocation: sourceLocation)
        #expect(Connection.talk(text, pieces: 1) == outcomes, sourceLocation: sourceLocation)
        #expect(Connection.talk(text, pieces: 7) == outcomes, sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        (get + "\r\n", [200]), ("GET /x HTTP/1.0\r\n\r\n", [200]),
        ("HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", [200]),
        ("GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n", [200]),
        ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", [404]),
        ("BREW /x HTTP/1.1\r\nHost: a\r\n\r\n", [405]),
        ("GET /x HTTP/1.1\r\nhOsT: a\r\naCCept: */*\r\n\r\n", [200]),
        (get + "X-Empty:\r\nX-Pad: \t v \t\r\n\r\n", [200]), ("\r\n" + get + "\r\n", [200]),
        ("GET /%78 HTTP/1.1\r\nHost: a\r\n\r\n", [200]), (get + "\r\n" + get + "\r\n", [200, 200]),
        (String(repeating: get + "\r\n", count: 5), [200, 200, 200, 200, 200]),
        (get + "Connection: close\r\n\r\n" + get + "\r\n", [200]),
        (post + "Expect: 100-continue\r\nContent-Length: 4\r\n\r\nform", [100, 200]),
        ("GET /x HTTP/1.9\r\nHost: a\r\n\r\n", [200]),
    ])
    func `plain requests are answered`(text: String, codes: [Int]) {
        expect(text, codes)
    }

    @Test(arguments: [
        (post + "Content-Length: 4\r\n\r\nform", [200]),
        (post + "Transfer-Encoding: chunked\r\n\r\n" + chunks, [200]),
        (
            post + "Transfer-Encoding: chunked\r\n\r\n4;a=b\r\nform\r\n0\r\nX-T: 1\r\n\r\n" + get + "\r\n",
            [200, 200]
        ),
        (get + "Content-Length: 5\r\n\r\nhello" + get + "\r\n", [200, 200]),
        (post + "Content-Length: 1099511627776\r\n\r\nform", [413]),
        (post + "Content-Length: 1001\r\n\r\n", [413]),
        (post + "Transfer-Encoding: chunked\r\n\r\n3e9\r\n", [413]),
    ])
    func `bodies are read to their end`(text: String, codes: [Int]) {
        expect(text, codes)
    }

    @Test(arguments: [
        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
        post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        post + "Content-Length: 5, 6\r\n\r\nhello!",
        post + "Content-Length: +5\r\n\r\nhello", post + "Content-Length: -1\r\n\r\n",
        post + "Content-Length: 0x5\r\n\r\nhello", post + "Content-Length: 5 5\r\n\r\nhello",
        post + "Content-Length: 99999999999999999999999\r\n\r\n", post + "Content-Length : 5\r\n\r\nhello",
        get + "X-Bad : v\r\n\r\n", get + "X-Fold: a\r\n b\r\n\r\n", "GET /x HTTP/1.1\r\n Host: a\r\n\r\n",
        get + "X-Bad: a\rb\r\n\r\n", get + "X-Bad: a\0b\r\n\r\n", get + "X-B\u{1}d: v\r\n\r\n",
        get + "nonsense\r\n\r\n",
        get + ": v\r\n\r\n", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n", "GET /x HTTP/1.1\r\n\r\n",
        get + "Host: other.example\r\n\r\n", "GET /x HTTP/1.1\r\nHost: a/b@c\r\n\r\n",
        "GET /x http/1.1\r\nHost: a\r\n\r\n", "GET /x\r\nHost: a\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
        "GE(T /x HTTP/1.1\r\nHost: a\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\n\r\n",
        "GET /../../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /media/%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func `what could be read two ways gets one refusal, and the connection ends`(text: String) {
        expect(text + ConnectionTests.get + "\r\n", [400])
    }

    @Test(arguments: [
        (post + "Transfer-Encoding: xchunked\r\n\r\n" + chunks, 501),
        (post + "Transfer-Encoding: chunked, identity\r\n\r\n" + chunks, 501),
        (post + "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, 501),
        ("GET /x HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ("GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (get + "X-Big: " + String(repeating: "a", count: 100_000) + "\r\n\r\n", 431),
        (get + String(repeating: "X: v\r\n", count: 1_000) + "\r\n", 431),
    ])
    func `what we do not do, or not so much of, has its own refusal`(text: String, code: Int) {
        expect(text, [code])
    }

    @Test(arguments: [post + "Content-Length: 999\r\n\r\nform", get + "X-A: b\r\n", "", get])
    func `what is not complete is waited for`(text: String) {
        #expect(Connection.talk(text) == [.waits])
    }

    @Test func `the content arrives as it was sent`() {
        var connection = Connection()
        let text = ConnectionTests.post + "Transfer-Encoding: chunked\r\n\r\n" + ConnectionTests.chunks
        connection.receive(Array((text + ConnectionTests.get + "\r\n").utf8)[...])
        #expect(connection.bodies == ["form", ""])
    }
}
