/// Takes a query apart: at white space, but not within quotes.
struct QueryReader {
    struct Part {
        /// What stands before the colon, lower case, when something does that may be an operator's name.
        var name: String?
        /// What stands after it, without quotes.
        var value = ""
        /// All of it, without quotes.
        var whole = ""
        /// Whether a minus stood before it.
        var isUnwanted = false
    }

    private var rest: Substring.UnicodeScalarView

    init(_ text: String) {
        rest = text[...].unicodeScalars
    }

    /// The next part; nil at the end. A quote that nothing closes reaches to the end.
    mutating func next() -> Part? {
        while true {
            rest = rest.drop { isSpace($0) }
            guard let first = rest.first else { return nil }
            var part = Part()
            if first == "-" {
                part.isUnwanted = true
                rest = rest.dropFirst()
            }
            part.name = name()
            if let name = part.name {
                part.value = text()
                part.whole = "\(name):\(part.value)"
            } else {
                part.whole = text()
            }
            if part.name != nil || !part.whole.isEmpty { return part }
        }
    }

    /// Letters up to a colon, which something follows.
    private mutating func name() -> String? {
        let letters = rest.prefix { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
        let after = rest[letters.endIndex...]
        guard !letters.isEmpty, after.first == ":", let next = after.dropFirst().first, !isSpace(next) else {
            return nil
        }
        rest = after.dropFirst()
        return String(Substring(letters)).lowercased()
    }

    /// What is within quotes, or up to the next white space; no longer than any word.
    private mutating func text() -> String {
        let taken: Substring.UnicodeScalarView
        if let first = rest.first, isQuote(first) {
            taken = rest.dropFirst().prefix { !isQuote($0) }
            rest = rest[taken.endIndex...].dropFirst()
        } else {
            taken = rest.prefix { !isSpace($0) && !isQuote($0) }
            rest = rest[taken.endIndex...]
        }
        return String(Substring(taken.prefix(SearchQuery.longestPart)))
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar.value < 0x20
    }

    /// Phones put curved ones.
    private func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\"" || scalar == "\u{201C}" || scalar == "\u{201D}"
    }
}
