import Markup

/// Pictures in the place of `:shortcode:`.
enum EmojiMarkup {
    /// - Parameter shows: whether pictures may be shown; elsewhere the text stays as it was typed.
    static func text(_ text: String, _ emojis: [Emoji], shows: Bool) -> HTML {
        html(HTML(escaping: text), emojis, shows: shows)
    }

    /// Replaces in the text between tags, never inside of one.
    static func html(_ html: HTML, _ emojis: [Emoji], shows: Bool) -> HTML {
        guard shows, !emojis.isEmpty, html.text.utf8.contains(UInt8(ascii: ":")) else { return html }
        let known = Dictionary(emojis.map { ($0.shortcode, $0) }, uniquingKeysWith: { first, _ in first })
        var result = HTML()
        var rest = html.text.utf8[...]
        while !rest.isEmpty {
            let text = rest.prefix { $0 != UInt8(ascii: "<") }
            result += replaced(text, known)
            rest = rest.dropFirst(text.count)
            let tag = rest.prefix { $0 != UInt8(ascii: ">") }
            result += HTML.trusted(String(decoding: rest.prefix(tag.count + 1), as: UTF8.self))
            rest = rest.dropFirst(tag.count + 1)
        }
        return result
    }

    private static func replaced(_ text: Substring.UTF8View, _ known: [String: Emoji]) -> HTML {
        var result = HTML()
        var rest = text
        while let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            let name = rest[rest.index(after: colon)...].prefix { isName($0) }
            if let emoji = known[String(decoding: name, as: UTF8.self)],
                rest[name.endIndex...].first == UInt8(ascii: ":")
            {
                result += HTML.trusted(String(decoding: rest[..<colon], as: UTF8.self))
                result +=
                    "<img class=\"emoji\" src=\"\(emoji.url)\" alt=\":\(emoji.shortcode):\" width=\"20\" height=\"20\">"
                rest = rest[rest.index(after: name.endIndex)...]
            } else {
                let end = rest.index(after: colon)
                result += HTML.trusted(String(decoding: rest[..<end], as: UTF8.self))
                rest = rest[end...]
            }
        }
        return result + HTML.trusted(String(decoding: rest, as: UTF8.self))
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
