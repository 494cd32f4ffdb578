package import Storage

/// Why a file is not taken over at all. Nothing was changed then.
package enum ImportRefusal: Error, Equatable, Sendable {
    case empty
    /// In bytes.
    case tooLarge(limit: Int)
    case tooManyLines(limit: Int)
    case notText
    /// The names of its columns are those of another kind.
    case otherKind(ConnectionKind)
    case missingColumn(String)
    case endlessQuote(line: Int)
    case fieldTooLong(line: Int, limit: Int)
    case tooManyFields(line: Int, limit: Int)
    case notFilters
    /// Not one line is what it should be.
    case nothingReadable(String)
    /// Others wait already.
    case busy(limit: Int)
    /// The owner stopped it meanwhile.
    case stopped

    init(_ error: CSVError) {
        self =
            switch error {
            case .endlessQuote(let line): .endlessQuote(line: line)
            case .fieldTooLong(let line, let limit): .fieldTooLong(line: line, limit: limit)
            case .tooManyFields(let line, let limit): .tooManyFields(line: line, limit: limit)
            }
    }

    /// A plain sentence.
    package var sentence: String {
        switch self {
        case .empty: "The file is empty."
        case .tooLarge(let limit): "The file is too large; \(limit >> 20) MiB are taken at most."
        case .tooManyLines(let limit): "The file has too many lines; \(limit) are taken at most."
        case .notText: "The file is no text in UTF-8 or Latin-1."
        case .otherKind(let kind): "The names of its columns say that the file holds \(kind.words)."
        case .missingColumn(let name): "The file has no column «\(name)»."
        case .endlessQuote(let line): "The quote that begins on line \(line) never ends."
        case .fieldTooLong(let line, let limit):
            "A field on line \(line) is too long; \(limit) bytes are taken at most."
        case .tooManyFields(let line, let limit):
            "Line \(line) has too many fields; \(limit) are taken at most."
        case .notFilters: "The file looks like JSON but not like Mastodon's filters."
        case .nothingReadable(let reason): "No line can be read. The first one: \(reason)"
        case .stopped: "The import was stopped while its file was read."
        case .busy(let limit): "\(limit) files wait already; please come back when one is done."
        }
    }
}

extension ConnectionKind {
    /// As it stands in a sentence.
    package var words: String {
        self == .domainBlocks ? "domain blocks" : name
    }
}
