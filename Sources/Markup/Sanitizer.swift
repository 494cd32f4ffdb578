/// Makes strangers' HTML safe to show, by Mastodon's allow list.
///
/// | kept | attributes |
/// | --- | --- |
/// | `p` | class |
/// | `span` | class, translate |
/// | `a` | href, class, rel, translate, target |
/// | `ol` | start, reversed |
/// | `li` | value |
/// | `br del s pre blockquote code b strong u i em ul ruby rt rp` | |
/// | all | lang |
///
/// Classes: `mention hashtag ellipsis invisible quote-inline` and the microformats (`h- p- u- dt- e-`).
/// Headings become bold paragraphs, images links, table cells text with ` | ` between, formulas their LaTeX.
/// Scripts, styles, embedded things and the like are removed with all that is in them; of other elements only
/// the tags.
///
/// What comes out is written anew, never copied: properly nested, closed and escaped, with every link in a
/// new tab and without referrer. Time and space are linear in the input.
package enum Sanitizer {
    /// Most of the input that is read, in bytes; the rest is cut off.
    package static let mostBytes = 1 << 20
    /// Deepest nesting of elements; beyond, tags are left out and their content kept.
    package static let mostDepth = 100
    /// Most tags and texts that are read; the rest is cut off.
    package static let mostNodes = 20_000

    /// The HTML of a stranger, safe to show.
    ///
    /// - Parameter base: the address of the document, against which relative links are resolved; without one,
    ///   and when it
    ///   is not http or https, they become text.
    package static func sanitize(_ html: String, base: String? = nil) -> HTML {
        var sanitizing = Sanitizing(Array(bounded(html)), base: base.map { Array($0.utf8) })
        return HTML.trusted(String(decoding: sanitizing.run(), as: UTF8.self))
    }

    /// The text in a stranger's HTML on one line: for names, titles and summaries, which may come with tags
    /// in them.
    ///
    /// Not HTML: must be escaped before it becomes part of a page.
    package static func inlineText(_ html: String) -> String {
        PlainText.inline(html)
    }

    /// The input up to the limit, cut between characters.
    static func bounded(_ html: String) -> Substring.UTF8View {
        let utf8 = html.utf8
        guard utf8.count > mostBytes else { return Substring(html).utf8 }
        var end = utf8.index(utf8.startIndex, offsetBy: mostBytes)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return html.utf8[..<end]
    }
}
