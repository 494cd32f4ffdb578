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
    /// Sets in which languages the owner wants to read somebody; nil for all.
    ///
    /// - Parameter languages: tags without spaces.
    package static func setLanguages(_ languages: [String]?, of actor: ActorID, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE following SET languages = ? WHERE actor = ?", languages?.joined(separator: " "), actor)
    }
}
