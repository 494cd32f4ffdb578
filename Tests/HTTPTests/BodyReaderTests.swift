import HTTP
import Testing

@Suite struct BodyReaderTests {
    @Test(arguments: [
        (BodyFraming.none, "", ""), (.length(5), "hello", "hello"),
        (.chunked, "5\r\nhello\r\n0\r\n\r\n", "hello"),
    ])
    func `content ends where its framing says`(framing: BodyFraming, sent: String, content: String) throws {
        var reader = try BodyReader(framing, limit: 5)
        var output: [UInt8] = []
        let consumed = try reader.receive(Array((sent + "GET /").utf8)[...], into: &output)
        #expect(reader.isFinished && consumed == sent.utf8.count)
        #expect(String(decoding: output, as: UTF8.self) == content)
        try reader.end()
    }

    @Test func `content without framing ends with the connection`() throws {
        var reader = try BodyReader(.untilClose, limit: 5)
        var output: [UInt8] = []
        #expect(try reader.receive([1, 2, 3], into: &output) == 3)
        #expect(try reader.receive([4, 5], into: &output) == 2)
        #expect(!reader.isFinished)
        #expect(throws: BodyError.tooLarge(limit: 5)) { try reader.receive([6], into: &output) }
        try reader.end()
        #expect(reader.isFinished && output == [1, 2, 3, 4, 5])
    }

    @Test(arguments: [BodyFraming.length(5), .chunked])
    func `content cut short is noticed`(framing: BodyFraming) throws {
        var reader = try BodyReader(framing, limit: 5)
        #expect(throws: BodyError.disconnected) { try reader.end() }
    }

    @Test func `an announced length beyond the limit is refused at once`() throws {
        #expect(throws: BodyError.tooLarge(limit: 5)) { try BodyReader(.length(6), limit: 5) }
        #expect(throws: BodyError.tooLarge(limit: 5)) {
            var reader = try BodyReader(.chunked, limit: 5)
            var output: [UInt8] = []
            _ = try reader.receive(Array("6\r\n".utf8)[...], into: &output)
        }
    }
}
