import Testing

@testable import HTTP

@Suite struct LineReaderTests {
    @Test func `lines are cut wherever the pieces are`() throws {
        let text = Array("ab\r\n\r\nc\rd\r\n".utf8)
        for size in 1...text.count {
            var reader = LineReader()
            var lines: [String] = []
            for start in stride(from: 0, to: text.count, by: size) {
                var piece = text[start..<min(start + size, text.count)]
                while let line = try reader.next(in: &piece, limit: 10) {
                    lines.append(String(decoding: line, as: UTF8.self))
                }
                #expect(piece.isEmpty)
            }
            #expect(lines == ["ab", "", "c\rd"])
            #expect(reader.pending == 0)
        }
    }

    @Test(arguments: ["\n", "a\n", "a\n\r\n"])
    func `a bare line feed is refused`(text: String) {
        var reader = LineReader()
        var rest = Array(text.utf8)[...]
        #expect(throws: LineReader.Fault.bareLineFeed) { try reader.next(in: &rest, limit: 10) }
    }

    @Test func `a line may have as many bytes as its limit, its end included`() throws {
        var rest = Array("abc\r\n".utf8)[...]
        var reader = LineReader()
        #expect(try reader.next(in: &rest, limit: 5)?.count == 3)
        rest = Array("abc\r\n".utf8)[...]
        #expect(throws: LineReader.Fault.tooLong) { try reader.next(in: &rest, limit: 4) }
        rest = Array("abcd".utf8)[...]
        #expect(throws: LineReader.Fault.tooLong) { try reader.next(in: &rest, limit: 4) }
    }
}
