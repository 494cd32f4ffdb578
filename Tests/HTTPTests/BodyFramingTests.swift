import Testing

@testable import HTTP

@Suite struct BodyFramingTests {
    @Test(
        arguments: [
            ([], BodyFraming.none), ([("Content-Length", "0")], .none),
            ([("Content-Length", "007")], .length(7)),
            ([("transfer-encoding", "CHUNKED")], .chunked),
        ] as [([(String, String)], BodyFraming)])
    func `a request is framed by its fields`(fields: [(String, String)], framing: BodyFraming) throws {
        #expect(try BodyFraming.ofRequest(Fields(fields), version: 1) == framing)
    }

    @Test func `a client of version 1-0 cannot send chunks`() {
        #expect(throws: HeadError.ambiguousFraming) {
            try BodyFraming.ofRequest(["Transfer-Encoding": "chunked"], version: 0)
        }
    }

    @Test(
        arguments: [
            ("GET", 200, [], BodyFraming.untilClose), ("GET", 200, [("Content-Length", "5")], .length(5)),
            ("GET", 200, [("Content-Length", "5, 5")], .length(5)),
            ("GET", 200, [("Content-Length", "0")], .none),
            ("GET", 200, [("Content-Length", "5"), ("Content-Length", "5")], .length(5)),
            ("GET", 200, [("Content-Length", "5"), ("Transfer-Encoding", "chunked")], .chunked),
            ("HEAD", 200, [("Content-Length", "5")], .none),
            ("HEAD", 200, [("Transfer-Encoding", "chunked")], .none),
            ("GET", 204, [("Content-Length", "5")], .none), ("GET", 304, [("Content-Length", "5")], .none),
        ] as [(String, Int, [(String, String)], BodyFraming)])
    func `a response is framed by request, status and fields`(
        method: String, code: Int, fields: [(String, String)], framing: BodyFraming
    ) throws {
        let found = try BodyFraming.ofResponse(
            Status(code), Fields(fields), version: 1, to: Method(rawValue: method))
        #expect(found == framing)
    }

    @Test(
        arguments: [
            ([("Content-Length", "5, 6")], HeadError.badContentLength),
            ([("Content-Length", "")], .badContentLength),
            ([("Content-Length", "5,")], .badContentLength), ([("Content-Length", "x")], .badContentLength),
            ([("Transfer-Encoding", "gzip, chunked")], .unsupportedTransferCoding),
        ] as [([(String, String)], HeadError)])
    func `a response that cannot be framed is refused`(fields: [(String, String)], error: HeadError) {
        #expect(throws: error) { try BodyFraming.ofResponse(.ok, Fields(fields), version: 1, to: .get) }
    }
}
