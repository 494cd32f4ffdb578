/// What content is: `text/html; charset=utf-8`, RFC 9110 section 8.3.1.
package struct MediaType: Sendable {
    /// In lower case.
    package let type: String
    /// In lower case.
    package let subtype: String
    /// Names in lower case, values as they were, without quotes.
    package let parameters: [(name: String, value: String)]

    /// Reads a Content-Type, or one member of an Accept; nil if it does not begin with `type/subtype`.
    package init?(_ header: String) {
        self.init(Array(header.utf8)[...])
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        let parts = QuotedText.split(bytes, ASCII.semicolon)
        guard let first = parts.first, let slash = first.firstIndex(of: ASCII.slash) else { return nil }
        let type = first[..<slash]
        let subtype = first[(slash + 1)...]
        guard ASCII.isToken(type), ASCII.isToken(subtype) else { return nil }
        self.type = String(decoding: type.map(ASCII.lower), as: UTF8.self)
        self.subtype = String(decoding: subtype.map(ASCII.lower), as: UTF8.self)
        parameters = QuotedText.parameters(parts.dropFirst())
    }

    /// Type and subtype alone.
    package var essence: String { type + "/" + subtype }

    /// The first parameter of this name.
    package subscript(_ name: String) -> String? {
        parameters.first { ASCII.equal($0.name, name) }?.value
    }

    /// Whether a document of this type may be an activity, its actor or its object.
    ///
    /// Nothing more general will do: a file that somebody uploaded to another server must not pass for one.
    package var isActivity: Bool {
        switch essence {
        case "application/activity+json": true
        case "application/ld+json": self["profile"].map(MediaType.namesActivityStreams) ?? false
        default: false
        }
    }

    /// Whether one of the addresses in a profile, between spaces, is that of ActivityStreams.
    static func namesActivityStreams(_ profile: String) -> Bool {
        profile.utf8.split(separator: ASCII.space).contains { address in
            address.elementsEqual("https://www.w3.org/ns/activitystreams".utf8)
                || address.elementsEqual("http://www.w3.org/ns/activitystreams".utf8)
        }
    }
}
