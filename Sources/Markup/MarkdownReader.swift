/// Takes a Markdown text apart into blocks, line by line.
///
/// The common part of CommonMark, with two changes that people who post expect: a line after a quote or an item that is
/// not marked itself is not part of it, and a heading needs its `#` (underlined ones are text).
struct MarkdownReader {
    private let lines: [MarkdownLine]
    private let depth: Int
    private var index = 0
    private var blocks: [MarkdownBlock] = []

    static func blocks(_ scalars: [Unicode.Scalar]) -> [MarkdownBlock] {
        let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map(MarkdownLine.init)
        var reader = MarkdownReader(lines, depth: 0)
        return reader.read()
    }

    private init(_ lines: [MarkdownLine], depth: Int) {
        self.lines = lines
        self.depth = depth
    }

    /// Each line is looked at once on each floor, and there are few floors.
    private mutating func read() -> [MarkdownBlock] {
        while index < lines.count {
            let line = lines[index]
            if line.isBlank {
                index += 1
            } else if let fence = line.fence {
                readFenced(fence)
            } else if line.indentation >= 4 {
                readIndented()
            } else if let heading = line.heading {
                blocks.append(.heading(MarkdownInline(heading)))
                index += 1
            } else if depth < MarkdownBlock.deepest, line.quoted != nil {
                readQuote()
            } else if depth < MarkdownBlock.deepest, let marker = line.marker {
                readList(marker)
            } else {
                readParagraph()
            }
        }
        return blocks
    }

    private static func read(_ lines: [MarkdownLine], depth: Int) -> [MarkdownBlock] {
        var reader = MarkdownReader(lines, depth: depth)
        return reader.read()
    }

    private mutating func readFenced(_ fence: MarkdownLine.Fence) {
        var text = String.UnicodeScalarView()
        index += 1
        while index < lines.count, !lines[index].ends(fence) {
            text += lines[index].outdented(by: fence.indentation).scalars
            text.append("\n")
            index += 1
        }
        index += 1
        blocks.append(.code(String(text)))
    }

    private mutating func readIndented() {
        var code: [ArraySlice<Unicode.Scalar>] = []
        while index < lines.count, lines[index].indentation >= 4 || lines[index].isBlank {
            code.append(lines[index].outdented(by: 4).scalars)
            index += 1
        }
        while code.last?.allSatisfy(\.properties.isWhitespace) == true { code.removeLast() }
        blocks.append(.code(code.map { String(String.UnicodeScalarView($0)) + "\n" }.joined()))
    }

    private mutating func readQuote() {
        var inner: [MarkdownLine] = []
        while index < lines.count, let line = lines[index].quoted {
            inner.append(line)
            index += 1
        }
        blocks.append(.quote(MarkdownReader.read(inner, depth: depth + 1)))
    }

    private mutating func readList(_ first: MarkdownLine.Marker) {
        var items: [[MarkdownBlock]] = []
        var isLoose = false
        while index < lines.count, let marker = lines[index].marker, marker.kind == first.kind {
            var inner = [lines[index].behind(marker)]
            index += 1
            while index < lines.count {
                let line = lines[index]
                guard line.isBlank || line.indentation >= marker.indentation else { break }
                inner.append(line.outdented(by: marker.indentation))
                index += 1
            }
            let blanks = inner.reversed().prefix(while: \.isBlank).count
            inner.removeLast(min(blanks, inner.count - 1))
            if inner.contains(where: \.isBlank) && inner.count > 1 { isLoose = true }
            if blanks > 0, index < lines.count, lines[index].marker?.kind == first.kind { isLoose = true }
            items.append(MarkdownReader.read(inner, depth: depth + 1))
        }
        blocks.append(.list(start: first.number, isLoose: isLoose, items: items))
    }

    private mutating func readParagraph() {
        var text: [Unicode.Scalar] = []
        repeat {
            if !text.isEmpty { text.append("\n") }
            text += lines[index].content
            index += 1
        } while index < lines.count && !isInterrupted(by: lines[index])
        blocks.append(.paragraph(MarkdownInline(text[...])))
    }

    /// Whether a line begins something else although no empty line stands before it.
    private func isInterrupted(by line: MarkdownLine) -> Bool {
        if line.isBlank || line.fence != nil || line.heading != nil || line.isRule { return true }
        guard depth < MarkdownBlock.deepest else { return false }
        if line.quoted != nil { return true }
        guard let marker = line.marker, !line.behind(marker).isBlank else { return false }
        // A year at the beginning of a line is no list.
        return marker.number.map { $0 == 1 } ?? true
    }
}
