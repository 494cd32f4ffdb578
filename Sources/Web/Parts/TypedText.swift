import Markup

/// A text as somebody typed it, its lines kept.
enum TypedText {
    static func html(_ text: String) -> HTML {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
            HTML(escaping: String($0))
        }
        return "<p dir=\"auto\">\(lines.joined(separator: "<br>\n"))</p>\n"
    }
}
