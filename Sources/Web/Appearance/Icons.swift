/// The signs beside the words: drawings of the project's own, or characters that the owner chose.
///
/// A page only names them by class (`i-boost`); what they look like stands in the owner's style sheet, so that forty
/// posts do not repeat it.
struct Icons: Sendable, Equatable {
    enum Icon: String, CaseIterable, Sendable {
        case reply, boost, favourite, bookmark, quote, more, home, notifications, conversations, search, write

        /// The class of the element that shows it before its text.
        var kind: String { "i-\(rawValue)" }

        /// What shows it without that class, because of where it leads or what it does: it is on every post.
        fileprivate var place: String {
            switch self {
            case .reply: ".acts [href*=\"?reply=\"]"
            case .quote: ".acts [href*=\"?quote=\"]"
            case .boost: ".acts [formaction$=reblog]"
            case .favourite: ".acts [formaction$=favourite]"
            case .bookmark: ".acts [formaction$=bookmark]"
            case .home: ".sections [href=\"/home\"]"
            case .more, .notifications, .conversations, .search, .write: ".sections [href$=\(rawValue)]"
            }
        }

        fileprivate var selector: String { "\(place)::before, .\(kind)::before" }
    }

    /// Characters of one sign, such as an emoji; each may consist of several scalars.
    static let longest = 3

    private var own: [Icon: String] = [:]

    init() {}

    /// Reads lines such as `boost: *`; what is no such line, or names no sign, is left out.
    init(_ text: String) {
        for line in text.split(separator: "\n").prefix(100) {
            guard let colon = line.firstIndex(of: ":"), let icon = Icon(rawValue: String(line[..<colon]))
            else { continue }
            self[icon] = String(line[line.index(after: colon)...])
        }
    }

    /// The lines that `init` reads.
    var text: String {
        Icon.allCases.compactMap { icon in own[icon].map { "\(icon.rawValue): \($0)\n" } }.joined()
    }

    /// The owner's own character; nil for the drawing.
    subscript(icon: Icon) -> String? {
        get { own[icon] }
        set {
            let plain = Words.plain(newValue ?? "", longest: Icons.longest)
            own[icon] = plain.isEmpty ? nil : plain
        }
    }

    /// A rule for each sign. Drawings are masks, so that they have the colour of the text in every scheme.
    var css: String {
        let all = Icon.allCases.map(\.place).joined(separator: ", ")
        var css = """
            :where([class^="i-"], [class*=" i-"], \(all))::before { content: ""; display: inline-block; inline-size: 1.15em;
              block-size: 1.15em; margin-inline-end: .4em; vertical-align: -.2em; background: currentColor;
              mask: center / contain no-repeat; -webkit-mask: center / contain no-repeat }
            @media (forced-colors: active) { :where([class^="i-"], [class*=" i-"], \(all))::before { background: CanvasText } }

            """
        for icon in Icon.allCases {
            if let text = own[icon] {
                let escaped = Icons.escaped(text)
                // The second text is what is read aloud: nothing, for the word stands beside it.
                css += """
                    \(icon.selector) { content: "\(escaped)"; content: "\(escaped)" / ""; inline-size: auto;
                      block-size: auto; background: none; mask: none; -webkit-mask: none; vertical-align: baseline }

                    """
            } else {
                let address = IconDrawings.address(of: icon)
                css += """
                    \(icon.selector) { -webkit-mask-image: url(\(address)); mask-image: url(\(address)) }

                    """
            }
        }
        return css
    }

    /// Every character as its number, so that nothing can end the text.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { "\\" + String($0.value, radix: 16) + " " }.joined()
    }
}
