/// The elements of HTML that are treated in some way of their own; all others are `other`.
enum Element: String, CaseIterable {
    // Kept: the list of Mastodon's sanitizer.
    case a, b, blockquote, br, code, del, em, i, li, ol, p, pre, rp, rt, ruby, s, span, strong, u, ul
    // Kept as bold paragraphs.
    case h1, h2, h3, h4, h5, h6
    // Replaced by something simpler.
    case hr, img, math, td, th
    // Only of interest inside `math`.
    case annotation
    // Unwrapped, but they begin and end lines.
    case address, article, aside, body, caption, center, dd, details, dialog, div, dl, dt, fieldset,
        figcaption, figure
    case footer, form, header, hgroup, legend, main, menu, nav, option, section, summary, table, tr
    // Removed with all that is in them.
    case embed, head, iframe, noembed, noframes, noscript, object, script, style, svg, template
    // Unwrapped, but what is in them is not markup.
    case plaintext, textarea, title, xmp

    case other = ""

    enum Role {
        /// Allowed, inside a line of text.
        case inline
        /// Allowed, makes a block of its own.
        case block
        case heading
        case lineBreak
        case image
        case math
        case cell
        /// Not allowed, but what comes before and after stands on lines of its own.
        case unwrappedBlock
        case dropped
        case unwrapped
    }

    var role: Role {
        switch self {
        case .a, .b, .code, .del, .em, .i, .rp, .rt, .ruby, .s, .span, .strong, .u: .inline
        case .blockquote, .li, .ol, .p, .pre, .ul: .block
        case .h1, .h2, .h3, .h4, .h5, .h6: .heading
        case .br, .hr: .lineBreak
        case .img: .image
        case .math: .math
        case .td, .th: .cell
        case .address, .article, .aside, .body, .caption, .center, .dd, .details, .dialog, .div, .dl, .dt,
            .fieldset,
            .figcaption, .figure, .footer, .form, .header, .hgroup, .legend, .main, .menu, .nav, .option,
            .section,
            .summary, .table, .tr:
            .unwrappedBlock
        case .embed, .head, .iframe, .noembed, .noframes, .noscript, .object, .script, .style, .svg,
            .template:
            .dropped
        case .annotation, .plaintext, .textarea, .title, .xmp, .other: .unwrapped
        }
    }

    /// How the tokenizer reads what follows the start tag (HTML §13.2.6.4, "raw text" and "escapable raw
    /// text").
    enum Content {
        case markup
        /// Up to the end tag nothing means anything.
        case raw
        /// Up to the end tag only character references mean anything.
        case escapable
        /// Nothing means anything any more.
        case rawToTheEnd
    }

    var content: Content {
        switch self {
        case .script, .style, .xmp, .iframe, .noembed, .noframes, .noscript: .raw
        case .title, .textarea: .escapable
        case .plaintext: .rawToTheEnd
        default: .markup
        }
    }
}

extension Element {
    /// The first sixteen bytes of a name in lower case, as two numbers: hashed and compared without an
    /// allocation.
    private struct Name: Hashable {
        private var first: UInt64 = 0
        private var second: UInt64 = 0

        /// - Returns: `nil` for names that are longer than any we know.
        init?(_ bytes: some Collection<UInt8>) {
            guard bytes.count <= 16 else { return nil }
            for byte in bytes {
                second = second << 8 | first >> 56
                first = first << 8 | UInt64(lowercased(byte))
            }
        }
    }

    private static let byName: [Name: Element] = {
        var byName: [Name: Element] = [:]
        for element in allCases {
            if let name = Name(element.rawValue.utf8) { byName[name] = element }
        }
        return byName
    }()

    /// The element of this name in any case.
    init(name: ArraySlice<UInt8>) {
        self = Name(name).flatMap { Self.byName[$0] } ?? .other
    }
}

/// ASCII letters in lower case, all other bytes as they are.
func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
