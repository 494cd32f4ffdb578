import Testing

@testable import Connections

@Suite struct CSVWriterTests {
    @Test(arguments: [
        (["a@b.example", "true", nil], "a@b.example,true,"),
        (["a,b", "c"], "\"a,b\",c"),
        (["say \"hi\""], "\"say \"\"hi\"\"\""),
        (["one\ntwo"], "\"one\ntwo\""),
        ([""], "\"\""),
        ([" spaced "], " spaced "),
        (["=cmd|' /C calc'!A0"], "=cmd|' /C calc'!A0"),
    ])
    func `fields are quoted as Mastodon quotes them`(fields: [String?], line: String) {
        #expect(CSVWriter.text(fields) == line)
    }

    @Test func `what was written is read again`() throws {
        let fields = ["a,\"b\"\r\n", "", "ü", "=1"]
        var reader = CSVReader(Array(CSVWriter.text(fields).utf8), fieldLimit: 100, columnLimit: 9)
        #expect(try reader.next()?.fields == fields)
    }
}
