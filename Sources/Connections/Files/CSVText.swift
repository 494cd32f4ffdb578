import Markup

/// The letters of a file as UTF-8, and what stands between its fields.
struct CSVText: Sendable {
    let bytes: [UInt8]
    let separator: UInt8

    /// Takes UTF-8 with or without a mark at its beginning, and everything else for the letters of Windows, which
    /// are those of Latin-1.
    ///
    /// - Returns: nil for what is no text in either, such as UTF-16.
    init?(_ file: [UInt8]) {
        guard !file.contains(0) else { return nil }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = file.starts(with: mark) ? Array(file.dropFirst(mark.count)) : file
        bytes = String(validating: body, as: UTF8.self) == nil ? Windows1252.utf8(body) : body
        separator = CSVText.separator(of: bytes)
    }

    /// A semicolon where the first line has some and no comma, as spreadsheets write where the comma is in numbers.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let comma = UInt8(ascii: ",")
        let semicolon = UInt8(ascii: ";")
        return line.contains(semicolon) && !line.contains(comma) ? semicolon : comma
    }
}
