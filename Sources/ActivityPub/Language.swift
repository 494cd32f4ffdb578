import JSON

/// The language a post says it is written in.
enum Language {
    /// The key of `contentMap` whose text is the content, else its first; Lemmy's `language.identifier` otherwise.
    static func of(_ value: JSONValue) -> String? {
        if let map = value["contentMap"], map.kind == .object {
            let members = map.members.prefix(64)
            let content = value["content"]?.string
            let match = members.first { content != nil && $0.value.string == content } ?? members.first
            return match.flatMap { tag($0.key) }
        }
        let named = value["language"]
        return (named?["identifier"]?.string ?? named?.string).flatMap(tag)
    }

    /// A well-formed tag (RFC 5646, loosely); nil for `und` and for anything that is none.
    static func tag(_ text: String) -> String? {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let first = parts.first, 2...8 ~= first.count, text != "und",
            parts.allSatisfy({ 1...8 ~= $0.count && $0.allSatisfy(isWord) })
        else { return nil }
        return text
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return UInt8(ascii: "a")...UInt8(ascii: "z") ~= letter
            || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
