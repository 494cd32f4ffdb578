/// Reads what the sanitizer wrote, by rules of its own: strict where the sanitizer is lenient.
enum OutputChecker {
    private static let attributes: [String: Set<String>] = [
        "p": ["class"], "span": ["class", "translate"], "a": ["href", "class", "rel", "translate", "target"],
        "ol": ["start", "reversed"], "li": ["value"], "br": [], "del": [], "s": [], "pre": [],
        "blockquote": [], "code": [],
        "b": [], "strong": [], "u": [], "i": [], "em": [], "ul": [], "ruby": [], "rt": [], "rp": [],
    ]
    private static let addresses = ["http://", "https://"]
    private static let schemes = [
        "dat:", "dweb:", "ipfs:", "ipns:", "ssb:", "gopher:", "gemini:", "xmpp:", "magnet:",
    ]
    private static let classes: Set<Substring> = [
        "mention", "hashtag", "ellipsis", "invisible", "quote-inline",
    ]

    /// What is wrong with it; `nil` when nothing is.
    static func problem(in html: String) -> String? {
        var open: [String] = []
        var rest = html[...]
        while let less = rest.firstIndex(where: { $0 == "<" || $0 == ">" }) {
            guard rest[less] == "<" else { return "a bare > in text" }
            if let problem = problem(inText: rest[..<less]) { return problem }
            guard let greater = rest[less...].firstIndex(of: ">") else { return "a tag without end" }
            let tag = rest[rest.index(after: less)..<greater]
            rest = rest[rest.index(after: greater)...]
            if tag.hasPrefix("/") {
                guard let last = open.popLast(), last == tag.dropFirst() else { return "misplaced <\(tag)>" }
                continue
            }
            if let problem = problem(inTag: tag) { return problem }
            let name = String(tag.prefix { $0 != " " })
            if name == "a", open.contains("a") { return "a link inside of a link" }
            if name != "br" { open.append(name) }
            if open.count > 101 { return "too deep" }
        }
        return problem(inText: rest) ?? (open.isEmpty ? nil : "not closed: \(open)")
    }

    private static func problem(inText text: Substring) -> String? {
        let wrong = text.unicodeScalars.contains {
            $0.value < 0x20 && $0 != "\n" && $0 != "\t" || (0x202A...0x202E).contains($0.value)
        }
        return wrong ? "a control character" : problem(inReferencesOf: text)
    }

    private static func problem(inReferencesOf text: Substring) -> String? {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
        where !["amp;", "lt;", "gt;", "quot;"].contains(where: part.hasPrefix) {
            return "a bare & before \(part.prefix(10))"
        }
        return nil
    }

    private static func problem(inTag tag: Substring) -> String? {
        let name = tag.prefix { $0 != " " }
        guard let allowed = attributes[String(name)] else { return "the element \(name)" }
        var rest = tag.dropFirst(name.count)
        var seen: [String: Substring] = [:]
        while !rest.isEmpty {
            guard rest.hasPrefix(" "), let equals = rest.firstIndex(of: "="),
                rest[equals...].hasPrefix("=\""),
                let end = rest[rest.index(equals, offsetBy: 2)...].firstIndex(of: "\"")
            else { return "a tag that is not well-formed: \(tag)" }
            let key = rest[..<equals].dropFirst()
            let value = rest[rest.index(equals, offsetBy: 2)..<end]
            if value.contains("<") { return "a tag in an attribute: \(tag)" }
            guard allowed.contains(String(key)) || key == "lang" else {
                return "the attribute \(key) of \(name)"
            }
            guard seen.updateValue(value, forKey: String(key)) == nil else { return "\(key) twice" }
            if let problem = problem(inReferencesOf: value) { return problem }
            rest = rest[rest.index(after: end)...]
        }
        for word in seen["class"]?.split(separator: " ") ?? [] where !classes.contains(word) {
            guard ["h-", "p-", "u-", "dt-", "e-"].contains(where: word.hasPrefix) else {
                return "the class \(word)"
            }
        }
        guard name == "a" else { return nil }
        guard let address = seen["href"]?.lowercased(),
            (addresses + schemes).contains(where: address.hasPrefix)
        else { return "the address in \(tag)" }
        guard seen["rel"]?.hasPrefix("nofollow noopener noreferrer") == true else {
            return "the rel in \(tag)"
        }
        return seen["target"] == "_blank" ? nil : "the target in \(tag)"
    }
}
