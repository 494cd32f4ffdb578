/// A piece of a Markdown text that stands on lines of its own, <https://spec.commonmark.org/0.31.2/#blocks-and-inlines>.
enum MarkdownBlock: Sendable {
    case paragraph(MarkdownInline)
    /// Of any level: they become bold paragraphs.
    case heading(MarkdownInline)
    /// Each line ends with a newline.
    case code(String)
    case quote([MarkdownBlock])
    /// - Parameters:
    ///   - start: the first number; nil for a list without numbers.
    ///   - isLoose: whether there are empty lines in it, so that its items are paragraphs.
    case list(start: Int?, isLoose: Bool, items: [[MarkdownBlock]])

    /// Quotes and lists inside of each other; what is deeper is text.
    static let deepest = 8

    /// The runs of text in it, in order.
    var inlines: [MarkdownInline] {
        switch self {
        case .paragraph(let inline), .heading(let inline): [inline]
        case .code: []
        case .quote(let blocks): blocks.flatMap(\.inlines)
        case .list(_, _, let items): items.flatMap { $0.flatMap(\.inlines) }
        }
    }
}
