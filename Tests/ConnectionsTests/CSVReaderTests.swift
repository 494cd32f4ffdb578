import Testing

@testable import Connections

@Suite struct CSVReaderTests {
    private func read(_ text: String, separator: Unicode.Scalar = ",") throws -> [[String]] {
        var reader = CSVReader(
            Array(text.utf8), separator: UInt8(ascii: separator), fieldLimit: 100, columnLimit: 4)
        var records: [[String]] = []
        while let record = try reader.next() { records.append(record.fields) }
        return records
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `every line end ends a line`(end: String) throws {
        #expect(try read("a,b\(end)\(end)c\(end)") == [["a", "b"], ["c"]])
    }
}
