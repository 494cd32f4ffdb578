import HTTP

/// Which part of a file is asked for while it may not be known here how long it is.
struct RangeWish: Hashable {
    /// More than any file has; a range is read against it.
    private static let endless = 1 << 53

    /// Where it begins; far away for the last bytes.
    var start = 0
    /// The Range field to be passed on; nil when all of it is wanted.
    var field: String?
    /// Whether a range is asked for that counts, if only one that means all.
    var isRange = false

    /// - Parameter length: of the file in bytes, if it is known; If-Range is compared with what follows from it.
    /// - Throws: `range` for one that no file has.
    init(_ request: Request, of name: RemoteName, length: Int?) throws(RemoteFailure) {
        let tag = length.map { RemoteFileEndpoint.tag(name, $0) }
        switch FileAnswer.range(of: request, tag: tag, length: RangeWish.endless) {
        case .whole: break
        case .unsatisfiable: throw .range(length: length)
        case .part(let part):
            (start, isRange) = (part.lowerBound, true)
            // A range that means the whole is a look like any other.
            if start > 0 || part.upperBound < RangeWish.endless { field = request.fields["Range"] }
        }
    }

    /// Whether only the length tells what is meant.
    static func needsLength(_ request: Request) -> Bool {
        request.fields["Range"] != nil && request.fields["If-Range"] != nil
    }
}
