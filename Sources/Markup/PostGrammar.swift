/// Finds links, hashtags and mentions in the text of a post, by Mastodon's rules, in one pass.
struct PostGrammar {
    enum Part: Equatable {
        /// Offsets into the scalars of the text.
        case text(Range<Int>)
        case link(Range<Int>)
        case hashtag(String)
        case mention(Handle, Range<Int>)
    }

    private let scalars: [Unicode.Scalar]
    private(set) var parts: [Part] = []

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var copied = 0
        var index = 0
        while index < scalars.count {
            guard let (part, end) = part(at: index) else {
                index += 1
                continue
            }
            if copied < index { parts.append(.text(copied..<index)) }
            parts.append(part)
            index = end
            copied = end
        }
        if copied < scalars.count { parts.append(.text(copied..<scalars.count)) }
    }

    private func part(at index: Int) -> (Part, end: Int)? {
        switch scalars[index] {
        case "@": mention(at: index)
        case "#", "\u{FF03}": hashtag(at: index)
        case "a"..."z", "A"..."Z": link(at: index)
        default: nil
        }
    }

    private func scalar(at index: Int) -> Unicode.Scalar? {
        scalars.indices.contains(index) ? scalars[index] : nil
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    // MARK: Mentions

    /// `@user` or `@user@domain`, not after a word character, `=` or `/`, which rules out addresses of mail
    /// and pages.
    private func mention(at start: Int) -> (Part, end: Int)? {
        if let before = scalar(at: start - 1), before == "=" || before == "/" || before.isWord { return nil }
        guard let nameEnd = dottedWord(from: start + 1, where: \.isASCIIWord) else { return nil }
        let username = string(start + 1..<nameEnd)
        if scalar(at: nameEnd) == "@", let domainEnd = dottedWord(from: nameEnd + 1, where: \.isWord) {
            let end = portEnd(from: domainEnd) ?? domainEnd
            return (.mention(Handle(username: username, domain: string(nameEnd + 1..<end)), start..<end), end)
        }
        return (.mention(Handle(username: username), start..<nameEnd), nameEnd)
    }

    /// The end of words with dots and hyphens between them; `nil` when there is not even one.
    private func dottedWord(from start: Int, where isPart: (Unicode.Scalar) -> Bool) -> Int? {
        var end = start
        var index = start
        while let scalar = scalar(at: index) {
            if isPart(scalar) {
                end = index + 1
            } else if index == start || scalar != "." && scalar != "-" {
                break
            }
            index += 1
        }
        return end > start ? end : nil
    }

    /// The end of `:8080` where a word ends too: hosts without a usual port are for trying things out.
    private func portEnd(from start: Int) -> Int? {
        guard scalar(at: start) == ":" else { return nil }
        var end = start + 1
        while let digit = scalar(at: end), digit.isASCIIDigit { end += 1 }
        guard (3...6).contains(end - start), scalar(at: end)?.isWord != true else { return nil }
        return end
    }

    // MARK: Hashtags

    /// At the start or after whitespace: word characters, at least one of them a letter, with separators
    /// inside.
    private func hashtag(at start: Int) -> (Part, end: Int)? {
        if let before = scalar(at: start - 1), !before.properties.isWhitespace { return nil }
        guard scalar(at: start + 1)?.isWord == true else { return nil }
        var end = start + 1
        var index = start + 1
        var hasLetter = false
        while let scalar = scalar(at: index) {
            if scalar.isWord {
                end = index + 1
                hasLetter = hasLetter || scalar.properties.isAlphabetic
            } else if !scalar.isHashtagSeparator {
                break
            }
            index += 1
        }
        return hasLetter ? (.hashtag(string(start + 1..<end)), end) : nil
    }
}

// MARK: Links

extension PostGrammar {
    /// Schemes with a host after two slashes.
    private static let schemes = ["https", "http", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "gemini"]

    private func link(at start: Int) -> (Part, end: Int)? {
        if let before = scalar(at: start - 1),
            before.isASCIIWord || "@$#\u{FF20}\u{FF03}".unicodeScalars.contains(before)
        {
            return nil
        }
        var colon = start
        while let scalar = scalar(at: colon), scalar.isASCIILetter, colon - start < 7 { colon += 1 }
        guard scalar(at: colon) == ":" else { return nil }
        let scheme = string(start..<colon).lowercased()
        let end: Int?
        if Self.schemes.contains(scheme) {
            end = endOfAddress(from: colon + 1, needsDot: scheme.hasPrefix("http"))
        } else if scheme == "xmpp" {
            end = endOfPath(from: colon + 1, where: { $0.contains("@") })
        } else if scheme == "magnet" {
            end = scalar(at: colon + 1) == "?" ? endOfPath(from: colon + 2, where: { !$0.isEmpty }) : nil
        } else {
            end = nil
        }
        return end.map { (.link(start..<$0), $0) }
    }

    /// Two slashes, a host, and what belongs to it.
    private func endOfAddress(from start: Int, needsDot: Bool) -> Int? {
        guard scalar(at: start) == "/", scalar(at: start + 1) == "/" else { return nil }
        let host = start + 2
        guard var end = dottedWord(from: host, where: \.isWord) else { return nil }
        if needsDot, !scalars[host..<end].contains(".") { return nil }
        if let port = portEnd(from: end) { end = port }
        guard let next = scalar(at: end), next == "/" || next == "?" || next == "#" else { return end }
        return max(end, endOfPath(from: end, where: { _ in true }) ?? end)
    }

    /// Up to whitespace, quotes or brackets that do not occur in addresses, less the punctuation of the
    /// sentence.
    private func endOfPath(
        from start: Int, where isValid: (ArraySlice<Unicode.Scalar>) -> Bool
    ) -> Int? {
        var end = start
        var unclosed = 0
        while let scalar = scalar(at: end), !scalar.endsAddress {
            // A closing parenthesis belongs to the address if its opening one does.
            if scalar == "(" { unclosed += 1 }
            if scalar == ")" {
                if unclosed == 0 { break }
                unclosed -= 1
            }
            end += 1
        }
        while end > start, scalars[end - 1].isSentencePunctuation || scalars[end - 1] == "(" { end -= 1 }
        return end > start && isValid(scalars[start..<end]) ? end : nil
    }
}

extension Unicode.Scalar {
    var isASCIIDigit: Bool { ("0"..."9").contains(self) }
    var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
    var isASCIIWord: Bool { isASCIILetter || isASCIIDigit || self == "_" }

    /// Letters, marks, decimal digits and connectors of any script: `\w` in Unicode (UTS #18, annex C).
    package var isWord: Bool {
        if isASCII { return isASCIIWord }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation, .letterNumber:
            return true
        default:
            return properties.isAlphabetic
        }
    }

    /// Middle dots and the zero-width non-joiner, inside of a hashtag.
    fileprivate var isHashtagSeparator: Bool {
        self == "\u{B7}" || self == "\u{30FB}" || self == "\u{200C}"
    }

    fileprivate var endsAddress: Bool {
        switch self {
        case "<", ">", "\"", "\u{3000}"..."\u{3003}", "\u{3008}"..."\u{3011}", "\u{FF08}", "\u{FF09}",
            "\u{201C}",
            "\u{201D}":
            true
        default: value < 0x20 || properties.isWhitespace
        }
    }

    fileprivate var isSentencePunctuation: Bool {
        switch self {
        case ".", ",", ":", ";", "!", "?", "'", "*", "[", "]", "|", "\u{2019}", "\u{2026}", "\u{FF01}",
            "\u{FF0C}",
            "\u{FF0E}", "\u{FF1A}", "\u{FF1B}", "\u{FF1F}":
            true
        default: false
        }
    }
}

extension [PostGrammar.Part] {
    /// Who is mentioned, each once, in order.
    var mentions: [Handle] {
        var seen: Set<Handle> = []
        return compactMap { part in
            guard case .mention(let handle, _) = part, seen.insert(handle).inserted else { return nil }
            return handle
        }
    }

    /// The hashtags without `#` as first written; those that differ only in case are one.
    var hashtags: [String] {
        var seen: Set<String> = []
        return compactMap { part in
            guard case .hashtag(let name) = part, seen.insert(name.lowercased()).inserted else { return nil }
            return name
        }
    }
}
