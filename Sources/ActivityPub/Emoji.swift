import JSON

/// Pictures that stand for `:shortcode:` in a text.
enum Emoji {
    /// Most that are read from one document.
    static let most = 100

    /// The emojis among the tags of a document, each shortcode once, without colons.
    static func all(in document: JSONValue) -> [(shortcode: String, url: String)] {
        Tags(document).emojis
    }

    /// What one tag says; nil without a usable shortcode or picture.
    static func read(_ tag: JSONValue) -> (shortcode: String, url: String)? {
        guard let code = tag.text("name").flatMap(shortcode), let url = tag["icon"].flatMap(Link.picture)
        else {
            return nil
        }
        return (code, url)
    }

    /// What stands between the colons, or the whole when there are none; nil for what could be no shortcode.
    private static func shortcode(_ name: String) -> String? {
        let bytes = name.utf8.drop { $0 == UInt8(ascii: ":") }
        let code = bytes.prefix { $0 != UInt8(ascii: ":") }
        guard 1...128 ~= code.count, bytes.count - code.count <= 1, code.allSatisfy(isWord) else {
            return nil
        }
        return String(Substring(code))
    }

    /// Mastodon's letters, and the hyphen, plus and dot of others. Never what means something in HTML.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
}
