import Storage

/// Where the columns of a kind stand in a file.
struct ImportColumns: Sendable {
    /// Whether the first line only names them.
    let isNamed: Bool
    private let places: [Int?]

    /// Reads the first line: names of columns, old or new, in any order, or the first line of what matters, such as
    /// somebody on a list that is called like a column.
    ///
    /// - Throws: when the file is of another kind.
    init(_ kind: ConnectionKind, first: CSVRecord, limits: ImportLimits) throws(ImportRefusal) {
        guard ImportColumns.areNames(first), (try? ImportEntry(kind, first.fields, limits: limits)) == nil
        else {
            isNamed = false
            places = kind.columns.indices.map { $0 }
            return
        }
        let names = first.fields.map(ImportColumns.plain)
        let columns = kind.columns.map(ImportColumns.plain)
        if let found = ConnectionKind.telling(Set(names)), found != kind { throw .otherKind(found) }
        guard names.contains(columns[0]) else { throw .missingColumn(kind.columns[0]) }
        isNamed = true
        places = columns.map { names.firstIndex(of: $0) }
    }

    /// Whether a line begins with a name of a column of any kind.
    static func areNames(_ record: CSVRecord) -> Bool {
        let known = ConnectionKind.allCases.lazy.flatMap(\.columns).map(plain)
        return record.fields.first.map { known.contains(plain($0)) } ?? false
    }

    /// The fields of a line in the order of the kind's columns, without those at the end that it does not have.
    func fields(of record: CSVRecord) -> [String] {
        var fields: [String?] = places.map { place in
            place.flatMap { $0 < record.fields.count ? record.fields[$0] : nil }
        }
        while let last = fields.last, last == nil { fields.removeLast() }
        return fields.map { $0 ?? "" }
    }

    /// A name of a column as it is compared. Some programs leave out Mastodon's `#`.
    private static func plain(_ name: String) -> String {
        let name = name.trimmed.lowercased()
        return name == "domain" || name == "uri" || name == "severity" ? "#" + name : name
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let from = drop(while: \.isWhitespace)
        let end = from.lastIndex { !$0.isWhitespace }
        return end.map { String(from[...$0]) } ?? ""
    }
}
