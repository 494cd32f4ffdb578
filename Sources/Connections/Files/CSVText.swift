import Markup
import Storage

/// The letters of a file as UTF-8, and what stands between its fields.
struct CSVText: Sendable {
    let bytes: [UInt8]
    let separator: UInt8

    /// Takes UTF-8 with or without a mark at its beginning, and everything else for the letters of Windows, which
    /// are those of Latin-1.
    ///
    /// - Returns: nil for what is no text in either, such as UTF-16.
    init?(_ file: [UInt8], of kind: ConnectionKind, limits: ImportLimits) {
        guard !file.contains(0) else { return nil }
        let body = CSVText.withoutMark(file)
        bytes = String(validating: body, as: UTF8.self) == nil ? Windows1252.utf8(Array(body)) : Array(body)
        separator = CSVText.isSemicolon(bytes, kind, limits) ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }

    /// A file without the mark of UTF-8 at its beginning.
    static func withoutMark(_ file: [UInt8]) -> ArraySlice<UInt8> {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return file.starts(with: mark) ? file.dropFirst(mark.count) : file[...]
    }

    /// Spreadsheets write a semicolon where the comma is in numbers. Addresses of posts may hold one as well, and they
    /// stand alone.
    private static func isSemicolon(_ bytes: [UInt8], _ kind: ConnectionKind, _ limits: ImportLimits) -> Bool
    {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let semicolon = UInt8(ascii: ";")
        guard kind != .bookmarks, line.contains(semicolon), !line.contains(UInt8(ascii: ",")) else {
            return false
        }
        var reader = CSVReader(
            Array(line), separator: semicolon, fieldLimit: limits.fieldBytes, columnLimit: limits.columns)
        guard let record = try? reader.next() else { return false }
        return ImportColumns.areNames(record)
            || (try? ImportEntry(kind, record.fields, limits: limits)) != nil
    }
}
