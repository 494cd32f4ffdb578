/// A line of a CSV file: its fields, and where it begins.
struct CSVRecord: Equatable, Sendable {
    /// The first line of the file is 1; a record whose fields hold line ends covers several.
    var line: Int
    var fields: [String]
}

/// Why a file cannot be cut into lines.
enum CSVError: Error, Equatable {
    case endlessQuote(line: Int)
    case fieldTooLong(line: Int, limit: Int)
    case tooManyFields(line: Int, limit: Int)
}

/// Reads CSV (RFC 4180) as spreadsheets and servers write it: any line end, quotes where they are needed, empty lines
/// between.
///
/// A quote inside a field that does not begin with one stands for itself, and what follows a closing quote is part of
/// the field, as spreadsheets read it.
struct CSVReader: Sendable {
    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private let bytes: [UInt8]
    private let separator: UInt8
    private let fieldLimit: Int
    private let columnLimit: Int
    private var position = 0
    private var line = 1

    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - fieldLimit: longest field, in bytes.
    ///   - columnLimit: most fields of a line.
    init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ","), fieldLimit: Int, columnLimit: Int) {
        self.bytes = bytes
        self.separator = separator
        self.fieldLimit = fieldLimit
        self.columnLimit = columnLimit
    }

    /// The next line that is not empty; nil at the end.
    mutating func next() throws(CSVError) -> CSVRecord? {
        while position < bytes.count, isLineEnd(bytes[position]) { endLine() }
        guard position < bytes.count else { return nil }
        var record = CSVRecord(line: line, fields: [])
        while true {
            guard record.fields.count < columnLimit else {
                throw .tooManyFields(line: record.line, limit: columnLimit)
            }
            record.fields.append(try field(of: record.line))
            guard position < bytes.count, bytes[position] == separator else { break }
            position += 1
        }
        if position < bytes.count { endLine() }
        return record
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn
    }

    /// Steps over a line end, of which CR LF is one.
    private mutating func endLine() {
        let isPair =
            bytes[position] == CSVReader.carriageReturn && position + 1 < bytes.count
            && bytes[position + 1] == CSVReader.lineFeed
        position += isPair ? 2 : 1
        line += 1
    }

    private mutating func field(of start: Int) throws(CSVError) -> String {
        var value: [UInt8] = []
        if position < bytes.count, bytes[position] == CSVReader.quote {
            position += 1
            try quoted(into: &value, of: start)
        }
        while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
            guard value.count < fieldLimit else { throw .fieldTooLong(line: start, limit: fieldLimit) }
            value.append(bytes[position])
            position += 1
        }
        return String(decoding: value, as: UTF8.self)
    }

    /// Reads up to the closing quote. Two quotes are one.
    private mutating func quoted(into value: inout [UInt8], of start: Int) throws(CSVError) {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == CSVReader.quote {
                position += 1
                guard position < bytes.count, bytes[position] == CSVReader.quote else { return }
            }
            guard value.count < fieldLimit else { throw .fieldTooLong(line: start, limit: fieldLimit) }
            if isLineEnd(byte) {
                let before = position
                endLine()
                value += bytes[before..<position]
            } else {
                value.append(byte)
                position += 1
            }
        }
        throw .endlessQuote(line: start)
    }
}
