import SQLite

extension Following.Follow {
    /// Whether the owner wants what this one writes in a language; what names none is always wanted. Languages are
    /// compared without what stands behind the first hyphen.
    package func wants(_ language: String?) -> Bool {
        guard let languages, let language else { return true }
        return languages.contains { Self.primary($0) == Self.primary(language) }
    }

    private static func primary(_ tag: String) -> String {
        tag.prefix { $0 != "-" }.lowercased()
    }
}

extension Following {
    /// Whether a text can be the tag of a language, loosely BCP 47: letters first, then parts of letters and digits.
    package static func isLanguageTag(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 35, let first = parts.first, 2...8 ~= first.count else { return false }
        let isLetter: (UInt8) -> Bool = { 0x61...0x7A ~= $0 | 0x20 }
        return first.allSatisfy(isLetter)
            && parts.allSatisfy { 1...8 ~= $0.count && $0.allSatisfy { isLetter($0) || 0x30...0x39 ~= $0 } }
    }

    /// Sets in which languages the owner wants to read somebody; nil for all.
    ///
    /// - Parameter languages: tags without spaces.
    package static func setLanguages(_ languages: [String]?, of actor: ActorID, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE following SET languages = ? WHERE actor = ?", languages?.joined(separator: " "), actor)
    }
}
