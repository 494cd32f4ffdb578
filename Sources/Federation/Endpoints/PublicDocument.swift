import ActivityPub
package import HTTP

/// A document that anybody may read, with the fields that let others keep it.
package struct PublicDocument: Sendable {
    package let bytes: [UInt8]
    package let etag: String

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        etag = PublicDocument.etag(of: bytes)
    }

    /// The answer to this request: 200, or 304 when the reader has it already (RFC 9110 section 13.1.2).
    ///
    /// - Parameter status: for documents that say that something is gone.
    package func response(to request: Request, status: HTTP.Status = .ok) -> Response {
        var response = response(status)
        guard status == .ok, PublicDocument.isKnown(etag, to: request.fields) else { return response }
        response.fields.remove("Content-Type")
        return Response(.notModified, fields: response.fields)
    }

    /// The answer to whoever has nothing yet.
    func response(_ status: HTTP.Status = .ok) -> Response {
        let fields: Fields = [
            "ETag": etag, "Vary": "Accept", "Cache-Control": "public, max-age=180",
            "Access-Control-Allow-Origin": "*", "Content-Type": Vocabulary.contentType,
        ]
        return Response(status, fields: fields, body: .bytes(bytes))
    }

    /// The answer to whoever had to sign for it: nobody else may be given what a cache kept.
    package static func signedOnly(_ bytes: [UInt8]) -> Response {
        Response(
            .ok,
            fields: [
                "Content-Type": Vocabulary.contentType, "Vary": "Accept, Signature",
                "Cache-Control": "private, no-store",
            ], body: .bytes(bytes))
    }

    /// There is nothing here for this reader. Whoever signs may get something, and whether there is such a thing is told
    /// to nobody else, so no cache may keep it.
    package static var notFound: Response {
        Response(
            .notFound,
            fields: [
                "Content-Type": "application/json; charset=utf-8", "Vary": "Accept, Signature",
                "Cache-Control": "private, no-store",
            ],
            body: .bytes(Array(#"{"error":"Not found"}"#.utf8)))
    }

    /// Sends a browser to the page that belongs to the document.
    package static func page(_ location: String) -> Response {
        var response = Response.redirect(.found, to: location)
        response.fields["Vary"] = "Accept"
        return response
    }

    /// Whether the request says that its reader has this version already (RFC 9110 section 13.1.2).
    package static func isKnown(_ etag: String, to fields: Fields) -> Bool {
        fields.joined("If-None-Match").map { matches($0, etag) } ?? false
    }

    private static func matches(_ list: String, _ etag: String) -> Bool {
        list == "*"
            || list.split(separator: ",").contains { tag in
                let tag = tag.drop { $0 == " " }.prefix { $0 != " " }
                return tag == etag || tag.hasPrefix("W/") && tag.dropFirst(2) == etag
            }
    }

    /// Sixty-four bits of the content, the same in every process. It need not resist anybody: the content is ours.
    static func etag(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index + 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
                index += 8
            }
            while index < bytes.count {
                hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
                index += 1
            }
        }
        return "\"" + String(hash ^ hash >> 32, radix: 36) + "\""
    }
}
