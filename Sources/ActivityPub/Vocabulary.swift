/// Names that ActivityPub servers agree on.
package enum Vocabulary {
    /// The audience that everybody belongs to, in the one spelling that is sent.
    package static let everybody = "https://www.w3.org/ns/activitystreams#Public"

    /// The one media type that every reader takes, spelled as Lemmy's library compares it.
    package static let contentType = "application/activity+json; charset=utf-8"

    /// What a fetch of a document asks for.
    package static let accept =
        "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""

    /// The context that every document names first.
    package static let activityStreams = "https://www.w3.org/ns/activitystreams"
    package static let security = "https://w3id.org/security/v1"
    /// FEP-2c59: the context of `webfinger`.
    package static let webFinger = "https://purl.archive.org/socialweb/webfinger"

    /// Whether this names everybody, in any of the three spellings (Activity Streams Vocabulary 5.6).
    package static func isEverybody(_ uri: String) -> Bool {
        uri == everybody || uri == "as:Public" || uri == "Public"
    }

    /// Whether the body of a fetched document may be read as ActivityPub: `application/activity+json`, or
    /// `application/ld+json` with the Activity Streams profile.
    ///
    /// Anything else is refused: a file that somebody uploaded could pose as an object of its host.
    package static func isDocumentType(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.utf8.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        let type = parts.first.map(lowered) ?? ""
        if type == "application/activity+json" { return true }
        guard type == "application/ld+json" else { return false }
        return parts.dropFirst().contains { part in
            let text = lowered(part)
            guard text.hasPrefix("profile=") else { return false }
            return text.dropFirst(8).split(whereSeparator: { $0 == "\"" || $0 == " " }).contains {
                $0 == "https://www.w3.org/ns/activitystreams" || $0 == "http://www.w3.org/ns/activitystreams"
            }
        }
    }

    private static func lowered(_ bytes: Substring.UTF8View) -> String {
        var text = Substring(bytes)
        while let first = text.utf8.first, first == 0x20 || first == 0x09 { text.removeFirst() }
        while let last = text.utf8.last, last == 0x20 || last == 0x09 { text.removeLast() }
        return text.lowercased()
    }
}
