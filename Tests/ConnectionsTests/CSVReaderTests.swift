import Testing

@testable import Connections

@Suite struct CSVReaderTests {
    private func read(_ text: String, separator: Unicode.Scalar = ",") throws -> [CSVRecord] {
        var reader = CSVReader(
            Array(text.utf8), separator: UInt8(ascii: separator), fieldLimit: 10, columnLimit: 4)
        var records: [CSVRecord] = []
        while let record = try reader.next() { records.append(record) }
        return records
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line end ends a line, and empty lines are none`(end: String) throws {
        let records = try read("a,b\(end)\(end)c\(end)d")
        #expect(records.map(\.fields) == [["a", "b"], ["c"], ["d"]])
        #expect(records.map(\.line) == [1, 3, 4])
    }

    @Test(arguments: [
        ("\"a,b\",c", ["a,b", "c"]),
        ("\"say \"\"hi\"\"\"", ["say \"hi\""]),
        ("\"one\ntwo\",x", ["one\ntwo", "x"]),
        ("\"one\r\ntwo\"", ["one\r\ntwo"]),
        ("\"\",,", ["", "", ""]),
        ("a\"b\",c", ["a\"b\"", "c"]),
        ("\"a\"b,c", ["ab", "c"]),
        ("=1+1,@SUM(A1)", ["=1+1", "@SUM(A1)"]),
    ])
    func `quotes hold what they hold`(text: String, fields: [String]) throws {
        #expect(try read(text).map(\.fields) == [fields])
    }

    @Test func `a line is numbered by where it begins`() throws {
        #expect(try read("\"a\nb\nc\"\nd").map(\.line) == [1, 4])
    }

    @Test func `other separators separate`() throws {
        #expect(try read("a;b,c", separator: ";").map(\.fields) == [["a", "b,c"]])
    }

    @Test func `what is too much is refused with its line`() {
        #expect(throws: CSVError.endlessQuote(line: 2)) { try read("a\n\"b\nc") }
        #expect(throws: CSVError.fieldTooLong(line: 2, limit: 10)) { try read("a\n12345678901") }
        #expect(throws: CSVError.fieldTooLong(line: 1, limit: 10)) { try read("\"12345678901\"") }
        #expect(throws: CSVError.tooManyFields(line: 1, limit: 4)) { try read("a,b,c,d,e") }
    }

    @Test func `nothing is nothing`() throws {
        #expect(try read("").isEmpty)
        #expect(try read("\n\r\n").isEmpty)
    }
}
