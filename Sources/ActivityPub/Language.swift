import JSON

/// The language a post says it is written in.
enum Language {
    /// The key of `contentMap` whose text is the content, else its first; else what the content itself says, else
    /// Lemmy's `language.identifier`.
    static func of(_ value: JSONValue) -> String? {
        let content = value["content"]
        if let map = value["contentMap"], map.kind == .object {
            let members = map.members.prefix(64)
            // Compared as written: one server escapes both alike, and long texts need not be decoded.
            let match = members.first { content?.rawBytes == $0.value.rawBytes } ?? members.first
            return match.flatMap { tag($0.key) }
        }
        if let content, content.kind == .object {
            if content["@value"] != nil { return content["@language"]?.string.flatMap(tag) }
            return content.members.first { $0.value.kind == .string }.flatMap { tag($0.key) }
        }
        let named = value["language"]
        return (named?["identifier"]?.string ?? named?.string).flatMap(tag)
    }

    /// A well-formed tag (RFC 5646, loosely) in the case that section 2.1.1 recommends; nil for `und` and for anything
    /// that is none.
    static func tag(_ text: String) -> String? {
        guard text.utf8.count <= 35 else { return nil }
        let parts = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard let first = parts.first, 2...8 ~= first.utf8.count, first != "und",
            parts.allSatisfy({ 1...8 ~= $0.utf8.count && $0.utf8.allSatisfy(isWord) })
        else { return nil }
        return parts.enumerated().map { place, part in
            if place == 0 || part.utf8.count > 4 { return String(part) }
            switch part.utf8.count {
            case 2: return part.uppercased()
            case 4: return part.prefix(1).uppercased() + part.dropFirst()
            default: return String(part)
            }
        }.joined(separator: "-")
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
