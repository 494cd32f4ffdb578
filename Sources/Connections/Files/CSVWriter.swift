/// Writes CSV as Mastodon does: LF at the end of each line, quotes only where a comma, a quote or a line end stands in a
/// field, an empty text as `""`, and nothing for what is not said.
///
/// Fields are written as they are, also those that begin with `=`, `+`, `-` or `@`. A spreadsheet may take such a list
/// title for a formula, but it is the owner's own, and a sign put before it would be part of it when it is read again.
struct CSVWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    mutating func line(_ fields: [String?]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let field { write(field) }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func line(_ fields: String?...) { line(fields) }

    private mutating func write(_ field: String) {
        let quote = UInt8(ascii: "\"")
        let needsQuotes =
            field.isEmpty
            || field.utf8.contains {
                $0 == quote || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
            }
        guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
        bytes.append(quote)
        for byte in field.utf8 {
            if byte == quote { bytes.append(quote) }
            bytes.append(byte)
        }
        bytes.append(quote)
    }

    /// One line without its end.
    static func text(_ fields: [String?]) -> String {
        var writer = CSVWriter()
        writer.line(fields)
        return String(decoding: writer.bytes.dropLast(), as: UTF8.self)
    }
}
