import Storage

/// A file that was read to its end once, so that it is known to be one of its kind.
struct ImportFile: Sendable {
    let kind: ConnectionKind
    /// Lines that ask for something, and how many of them cannot be read.
    private(set) var lines = 0
    private(set) var unreadable = 0
    private let text: CSVText
    private let columns: ImportColumns
    private let limits: ImportLimits

    /// - Throws: when it is not taken at all.
    init(_ kind: ConnectionKind, _ bytes: [UInt8], limits: ImportLimits) throws(ImportRefusal) {
        guard bytes.count <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
        self.kind = kind
        self.limits = limits
        var bytes = bytes
        if kind == .filters, MastodonFilters.looksLike(bytes) {
            bytes = try MastodonFilters.csv(bytes, limits: limits)
        }
        guard let text = CSVText(bytes, of: kind, limits: limits) else { throw .notText }
        self.text = text
        var reader = ImportFile.reader(of: text, limits)
        do {
            guard let first = try reader.next() else { throw ImportRefusal.empty }
            columns = try ImportColumns(kind, first: first, limits: limits)
        } catch let error as CSVError {
            throw ImportRefusal(error)
        } catch let error as ImportRefusal {
            throw error
        } catch {
            preconditionFailure("the calls above throw nothing else")
        }
        let most = limits.lines(of: kind)
        var counted = (lines: 0, unreadable: 0)
        var firstReason: String?
        var cursor = cursor
        while let line = try cursor.next() {
            counted.lines += 1
            guard counted.lines <= most else { throw .tooManyLines(limit: most) }
            guard case .failure(let problem) = line.entry else { continue }
            counted.unreadable += 1
            if firstReason == nil { firstReason = problem.reason }
        }
        (lines, unreadable) = counted
        if let firstReason, unreadable == lines { throw .nothingReadable(firstReason) }
    }

    struct Line {
        /// In the file; the first is 1.
        let number: Int
        /// In the order of the kind's columns.
        let fields: [String]
        let entry: Result<ImportEntry, UnreadableLine>
    }

    /// Goes through the lines one by one.
    struct Cursor {
        private let file: ImportFile
        private var reader: CSVReader
        private var isFirst = true

        fileprivate init(_ file: ImportFile) {
            self.file = file
            reader = ImportFile.reader(of: file.text, file.limits)
        }

        /// - Throws: what the file's own initialiser would have thrown.
        mutating func next() throws(ImportRefusal) -> Line? {
            while let record = try record() {
                defer { isFirst = false }
                if isFirst && file.columns.isNamed { continue }
                // A line of separators only, as spreadsheets leave below what they hold.
                guard record.fields.contains(where: { !$0.isEmpty }) else { continue }
                let fields = file.columns.fields(of: record)
                return Line(number: record.line, fields: fields, entry: file.read(fields))
            }
            return nil
        }

        private mutating func record() throws(ImportRefusal) -> CSVRecord? {
            do {
                return try reader.next()
            } catch {
                throw ImportRefusal(error)
            }
        }
    }

    var cursor: Cursor { Cursor(self) }

    private func read(_ fields: [String]) -> Result<ImportEntry, UnreadableLine> {
        do throws(UnreadableLine) {
            return .success(try ImportEntry(kind, fields, limits: limits))
        } catch {
            return .failure(error)
        }
    }

    private static func reader(of text: CSVText, _ limits: ImportLimits) -> CSVReader {
        CSVReader(
            text.bytes, separator: text.separator, fieldLimit: limits.fieldBytes, columnLimit: limits.columns)
    }
}
