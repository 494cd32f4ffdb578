/// The text of a post whose author writes Markdown.
///
/// Headings become bold paragraphs, images links, and HTML in it is text, so that only what other servers show anyway
/// comes out. A newline is a newline.
package struct MarkdownText: AuthoredText {
    private let blocks: [MarkdownBlock]
    private let source: PostText

    /// - Parameter text: of any length; control characters and those that turn the writing direction vanish.
    package init(_ text: String) {
        blocks = MarkdownReader.blocks(Array(PlainText.cleaned(text).unicodeScalars))
        source = PostText(text)
    }

    private var parts: [PostGrammar.Part] {
        blocks.flatMap(\.inlines).flatMap(\.pieces).compactMap { piece in
            if case .part(let part, _) = piece { part } else { nil }
        }
    }

    package var mentions: [Handle] { parts.mentions }

    package var hashtags: [String] { parts.hashtags }

    /// As apps count what is typed.
    package var length: Int { source.length }

    package func html(
        mention: (Handle) -> (url: String, username: String)?, hashtag: (String) -> String
    ) -> HTML {
        withoutActuallyEscaping(mention) { mention in
            withoutActuallyEscaping(hashtag) { hashtag in
                MarkdownWriter(mention: mention, hashtag: hashtag).html(blocks)
            }
        }
    }
}

/// Writes blocks with the tags that other servers keep.
private struct MarkdownWriter {
    let mention: (Handle) -> (url: String, username: String)?
    let hashtag: (String) -> String

    /// Goes as deep as `MarkdownBlock.deepest`.
    func html(_ blocks: [MarkdownBlock]) -> HTML {
        var html = HTML()
        for block in blocks { html += self.html(block) }
        return html
    }

    private func html(_ block: MarkdownBlock) -> HTML {
        switch block {
        case .paragraph(let inline):
            return "<p>\(self.html(inline.pieces))</p>"
        case .heading(let inline):
            return "<p><strong>\(self.html(inline.pieces))</strong></p>"
        case .code(let text):
            return "<pre><code>\(text)</code></pre>"
        case .quote(let blocks):
            return "<blockquote>\(html(blocks))</blockquote>"
        case .list(let start, let isLoose, let items):
            var list = HTML()
            for item in items { list += "<li>\(html(item, isLoose: isLoose))</li>" }
            guard let start else { return "<ul>\(list)</ul>" }
            return start == 1 ? "<ol>\(list)</ol>" : "<ol start=\"\(start)\">\(list)</ol>"
        }
    }

    /// The text of an item of a list without empty lines is no paragraph.
    private func html(_ item: [MarkdownBlock], isLoose: Bool) -> HTML {
        guard !isLoose else { return html(item) }
        var html = HTML()
        for block in item {
            if case .paragraph(let inline) = block {
                html += self.html(inline.pieces)
            } else {
                html += self.html(block)
            }
        }
        return html
    }

    /// A link holds no links, so this calls itself once at most.
    private func html(_ pieces: [MarkdownInline.Piece]) -> HTML {
        var html = HTML()
        for piece in pieces {
            switch piece {
            case .text(let text): html += HTML(escaping: text)
            case .lineBreak: html += "<br />"
            case .code(let text): html += "<code>\(text)</code>"
            case .begin(.emphasis): html += "<em>"
            case .begin(.strong): html += "<strong>"
            case .begin(.struck): html += "<del>"
            case .end(.emphasis): html += "</em>"
            case .end(.strong): html += "</strong>"
            case .end(.struck): html += "</del>"
            case .part(let part, let text): html += self.html(part, text)
            case .link(let address, let text):
                html += """
                    <a href="\(address)" target="_blank" rel="nofollow noopener">\(self.html(text))</a>
                    """
            }
        }
        return html
    }

    private func html(_ part: PostGrammar.Part, _ text: String) -> HTML {
        switch part {
        case .text: HTML(escaping: text)
        case .link: PostLink(text).html
        case .hashtag(let name): PostMarkup.hashtag(name, url: hashtag(name))
        case .mention(let handle, _):
            mention(handle).map { PostMarkup.mention($0.username, url: $0.url) } ?? HTML(escaping: text)
        }
    }
}
