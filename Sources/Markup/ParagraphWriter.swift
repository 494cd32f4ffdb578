/// Lays out lines as paragraphs: blank lines divide them, single newlines become `<br />`.
struct ParagraphWriter {
    private var html = HTML()
    private var isParagraphOpen = false
    /// Newlines since the last thing that is visible.
    private var newlines = 0
    /// Other whitespace since the last newline or visible thing.
    private var spaces = String.UnicodeScalarView()

    /// Plain text, with newlines.
    mutating func text(_ scalars: ArraySlice<Unicode.Scalar>) {
        var copied = scalars.startIndex
        for index in scalars.indices where scalars[index].properties.isWhitespace {
            visible(scalars[copied..<index])
            copied = index + 1
            if scalars[index] == "\n" {
                newlines += 1
                spaces.removeAll()
            } else {
                spaces.append(scalars[index])
            }
        }
        visible(scalars[copied...])
    }

    /// Something visible that is markup already.
    mutating func inline(_ piece: HTML) {
        writeWhitespace()
        html += piece
    }

    mutating func finish() -> HTML {
        if isParagraphOpen { html += "</p>" }
        return html
    }

    private mutating func visible(_ scalars: ArraySlice<Unicode.Scalar>) {
        guard !scalars.isEmpty else { return }
        writeWhitespace()
        html += HTML(escaping: String(String.UnicodeScalarView(scalars)))
    }

    /// Whitespace is written only before what is visible, so that there is none at the ends of the post and
    /// its lines.
    private mutating func writeWhitespace() {
        if !isParagraphOpen {
            html += "<p>"
            isParagraphOpen = true
            // The post begins here, whatever whitespace came first.
        } else if newlines > 1 {
            html += "</p><p>"
        } else {
            if newlines == 1 { html += "<br />" }
            html += HTML(escaping: String(spaces))
        }
        newlines = 0
        spaces.removeAll()
    }
}
