import HTTP

/// A complete answer, and what is said to whoever has it already.
struct ShieldedAnswer: Sendable {
    private let full: Response
    private let notModified: Response?
    private let etag: String
    /// Bytes that it takes in memory, about.
    let size: Int

    init(_ response: Response) {
        guard response.status == .ok, case .bytes(let bytes) = response.body else {
            full = response
            notModified = nil
            etag = ""
            size = 0
            return
        }
        var full = response
        full.body = .bytes(ShieldedAnswer.fitted(bytes))
        let etag = response.fields["ETag"] ?? PublicDocument.etag(of: bytes)
        full.fields["ETag"] = etag
        // RFC 9110 section 15.4.5: what would be in a 200, but nothing about a content that does not come.
        var fields = full.fields
        fields.remove("Content-Type")
        self.full = full
        self.etag = etag
        notModified = Response(.notModified, fields: fields)
        // The dictionaries, the entry and two spellings of the question take less than a kilobyte.
        size = full.fields.reduce(bytes.count + 1_024) { $0 + $1.name.utf8.count + $1.value.utf8.count + 64 }
    }

    /// Only what is there is kept: who asks for nonsense fills nothing.
    var isWorthKeeping: Bool { notModified != nil }

    /// - Parameter fields: those of the request; nil to get the whole answer.
    func response(to fields: Fields?) -> Response {
        guard let notModified, let fields, PublicDocument.isKnown(etag, to: fields) else { return full }
        return notModified
    }

    /// In as much memory as it needs: what was written piece by piece may have twice as much.
    private static func fitted(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.capacity > bytes.count + bytes.count / 8 + 64 else { return bytes }
        return bytes.withUnsafeBufferPointer { Array($0) }
    }
}
