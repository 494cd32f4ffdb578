/// Where the content of a message ends, RFC 9112 section 6.
package enum BodyFraming: Hashable, Sendable {
    case none
    /// After this many bytes, at least one.
    case length(Int)
    case chunked
    /// At the end of the connection: responses only.
    case untilClose

    /// How a request is framed. Whatever could be read in two ways is refused.
    ///
    /// - Parameter version: the minor version of HTTP/1.
    static func ofRequest(_ fields: Fields, version: Int) throws(HeadError) -> BodyFraming {
        let codings = fields.values("Transfer-Encoding")
        let lengths = fields.values("Content-Length")
        guard codings.isEmpty else {
            guard lengths.isEmpty, version >= 1 else { throw .ambiguousFraming }
            return try chunked(codings)
        }
        guard let length = lengths.first else { return .none }
        guard lengths.count == 1, let count = ASCII.decimal(length.utf8) else { throw .badContentLength }
        return count == 0 ? .none : .length(count)
    }

    /// How the response to a request of this method is framed.
    ///
    /// Transfer-Encoding wins over Content-Length, and a length repeated alike counts once: RFC 9112 section
    /// 6.3 wants that of clients.
    static func ofResponse(
        _ status: Status, _ fields: Fields, version: Int, to method: Method
    ) throws(HeadError) -> BodyFraming {
        if method == .head || status.isBodiless { return .none }
        let codings = fields.values("Transfer-Encoding")
        guard codings.isEmpty else {
            guard version >= 1 else { throw .ambiguousFraming }
            return try chunked(codings)
        }
        guard let lengths = fields.joined("Content-Length") else { return .untilClose }
        var known: Int?
        for member in lengths.utf8.split(separator: ASCII.comma, omittingEmptySubsequences: false) {
            guard let count = ASCII.decimal(ASCII.trim(Substring(member)).utf8), known ?? count == count
            else {
                throw .badContentLength
            }
            known = count
        }
        guard let known else { throw .badContentLength }
        return known == 0 ? .none : .length(known)
    }

    private static func chunked(_ codings: [String]) throws(HeadError) -> BodyFraming {
        guard codings.count == 1, ASCII.equal(codings[0], "chunked") else { throw .unsupportedTransferCoding }
        return .chunked
    }
}
