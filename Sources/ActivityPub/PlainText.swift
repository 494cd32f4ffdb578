/// Text of strangers, without what would change how the text around it is stored or shown.
enum PlainText {
    /// A text without U+0000, which C strings and SQL functions end at.
    static func withoutNUL(_ text: String) -> String {
        guard contains(text, where: { $0 == 0 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0 }))
    }

    /// A name without U+0000 and without the characters that turn the direction of what follows it:
    /// embeddings, overrides and isolates (Unicode Standard Annex 9, section 2).
    static func name(_ text: String) -> String {
        guard mayTurn(text) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isTurning($0) }))
    }

    /// Whether a closer look is worth it: all of them begin with the bytes E2 80 or E2 81.
    private static func mayTurn(_ text: String) -> Bool {
        contains(text) { $0 == 0 || $0 == 0xE2 }
    }

    /// Looks at the bytes in place, where they lie in one piece: texts may be long.
    private static func contains(_ text: String, where isSought: (UInt8) -> Bool) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { $0.contains(where: isSought) }
            ?? text.utf8.contains(where: isSought)
    }

    private static func isTurning(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
