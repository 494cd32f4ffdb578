import HTTP
import Testing

@Suite struct ChunkedCodingTests {
    private func decode(
        _ text: String, limit: Int = 100, pieces size: Int = .max
    ) throws(BodyError) -> (text: String, consumed: Int, isFinished: Bool) {
        var decoder = ChunkedDecoder(limit: limit)
        var output: [UInt8] = []
        var rest = Array(text.utf8)[...]
        var consumed = 0
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            let step = try decoder.receive(piece, into: &output)
            consumed += step.consumed
            if step.isFinished { return (String(decoding: output, as: UTF8.self), consumed, true) }
            rest = rest.dropFirst(piece.count)
        }
        return (String(decoding: output, as: UTF8.self), consumed, false)
    }

    @Test(arguments: [
        "5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "00005\r\nhello\r\n6 ;a=b;c=\"d\"\r\n world\r\n0;x\r\n\r\n",
        "b\r\nhello world\r\n0\r\nX-T: 1\r\nY: 2\r\n\r\n", "B\r\nhello world\r\n000\r\n\r\n",
    ])
    func `chunks are put together wherever they are cut`(text: String) throws {
        for size in 1...text.utf8.count {
            let (decoded, consumed, isFinished) = try decode(text + "GET", pieces: size)
            #expect(decoded == "hello world" && isFinished && consumed == text.utf8.count)
        }
    }

    @Test func `an unfinished body is not finished`() throws {
        #expect(try !decode("5\r\nhello\r\n0\r\n").isFinished)
        #expect(try decode("5\r\nhel").text == "hel")
    }

    @Test(arguments: [
        "zz\r\nhello\r\n", "-5\r\nhello\r\n", "+5\r\n", "0x5\r\n", "\r\n", " 5\r\n", ";a\r\n", "5 5\r\n",
        "5,\r\n",
        "fffffffffffffffff\r\n", "7fffffffffffffff\r\n", "3\r\nhello\r\n", "5\r\nhello0\r\n", "5\nhello\r\n",
        "5;a\nb\r\n", "5;a\rb\r\n", "5;\0\r\n", "5\r\nhello\n0\r\n\r\n", "0\r\nX : 1\r\n\r\n",
        "0\r\nx\r\n\r\n",
        "0\r\nX: 1\n\r\n",
    ])
    func `what is broken is refused`(text: String) {
        #expect(throws: BodyError.malformed) { try decode(text) }
        #expect(throws: BodyError.malformed) { try decode(text, pieces: 1) }
    }

    @Test func `a body may be as long as its limit`() throws {
        #expect(try decode("5\r\nhello\r\n3\r\nabc\r\n0\r\n\r\n", limit: 8).isFinished)
        // The announcement is enough.
        #expect(throws: BodyError.tooLarge(limit: 7)) { try decode("5\r\nhello\r\n3\r\n", limit: 7) }
        #expect(throws: BodyError.tooLarge(limit: 7)) { try decode("fffffffffffffff\r\n", limit: 7) }
    }

    @Test func `lines, extensions and trailers are bounded`() throws {
        let limits = Limits.standard
        let extensions = String(repeating: "x", count: limits.chunkLine - 4)
        #expect(try decode("0;" + extensions + "\r\n\r\n").isFinished)
        #expect(throws: BodyError.malformed) { try decode("0;x" + extensions + "\r\n\r\n") }
        let chunk = "1;" + extensions.dropLast() + "x\r\na\r\n"
        #expect(throws: BodyError.malformed) { try decode(String(repeating: chunk, count: 20)) }
        #expect(throws: BodyError.malformed) {
            try decode("0\r\nX: " + String(repeating: "x", count: limits.trailer))
        }
        #expect(throws: BodyError.malformed) {
            try decode("0\r\n" + String(repeating: "X: y\r\n", count: limits.headerCount + 1))
        }
        let line = "X: " + String(repeating: "x", count: 95) + "\r\n"
        let lines = limits.trailer / 100
        #expect(try decode("0\r\n" + String(repeating: line, count: lines) + "\r\n").isFinished)
        #expect(throws: BodyError.malformed) {
            try decode("0\r\n" + String(repeating: line, count: lines + 1) + "\r\n")
        }
    }

    @Test func `after a fault nothing is read any more`() {
        var decoder = ChunkedDecoder(limit: 10)
        var output: [UInt8] = []
        for text in ["x\r\n", "0\r\n\r\n"] {
            #expect(throws: BodyError.malformed) { try decoder.receive(Array(text.utf8)[...], into: &output) }
        }
    }

    @Test func `what is encoded can be decoded`() throws {
        var bytes: [UInt8] = []
        ChunkedEncoder.append(Array("hello world, at length".utf8), to: &bytes)
        ChunkedEncoder.append([], to: &bytes)
        ChunkedEncoder.append(Array("!".utf8), to: &bytes)
        bytes += ChunkedEncoder.end
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text == "16\r\nhello world, at length\r\n1\r\n!\r\n0\r\n\r\n")
        #expect(try decode(text).text == "hello world, at length!")
    }
}
