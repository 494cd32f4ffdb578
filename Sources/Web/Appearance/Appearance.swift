import Federation
import Storage

/// How an owner wants the pages to look: their colour, picture and sign, words, and a piece of CSS.
struct Appearance: Sendable {
    /// Bytes of the owner's own CSS.
    static let longestCSS = 16_384

    /// Without one, the pages have the project's colours.
    var accent: Accent?
    /// Names of own files: the picture above every page, and the sign in the browser's tab.
    var picture: String?
    var icon: String?
    /// As the owner wrote it. It is only ever sent as a style sheet, where it can load nothing from elsewhere.
    var css = ""
    var words = Words()
    var icons = Icons()

    init() {}

    /// What is stored; what is not valid any more counts as not chosen.
    init(in snapshot: Snapshot) throws {
        let stored = try Settings.texts(Appearance.names, in: snapshot)
        accent = stored[.accent].flatMap { Colour(hex: $0) }.map { Accent(colour: $0) }
        picture = stored[.picture].flatMap(Appearance.file)
        icon = stored[.icon].flatMap(Appearance.file)
        css = stored[.css] ?? ""
        words = Words(stored[.words] ?? "")
        icons = Icons(stored[.icons] ?? "")
    }

    /// Stores it all; pages that were kept are then made anew.
    func save(in tx: Transaction) throws {
        let values: [(Settings.Name, String?)] = [
            (.accent, accent?.colour.hex), (.picture, picture), (.icon, icon), (.css, css),
            (.words, words.text), (.icons, icons.text),
        ]
        for (name, value) in values {
            if let value, !value.isEmpty {
                try Settings.set(name, to: value, in: tx)
            } else {
                try Settings.remove(name, in: tx)
            }
        }
        tx.announce(.owner)
    }

    /// The style sheet that follows the project's own on every page.
    var stylesheet: String {
        var sheet = icons.css
        if let accent { sheet += accent.css }
        if let picture {
            sheet += """
                :root { --banner: url(/media/\(picture)); --banner-height: clamp(5rem, 16vw, 14rem) }

                """
        }
        return css.isEmpty ? sheet : sheet + "/* The owner's own */\n" + css
    }

    private static let names: [Settings.Name] = [.accent, .picture, .icon, .css, .words, .icons]

    /// Names of files are put into a style sheet; ours are a digest and an ending.
    private static func file(_ name: String) -> String? {
        let isPlain = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        return isPlain && !name.isEmpty ? name : nil
    }
}
