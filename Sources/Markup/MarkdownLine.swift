/// One line of a Markdown text, less what the blocks around it took off.
struct MarkdownLine {
    private(set) var scalars: ArraySlice<Unicode.Scalar>

    /// What begins a list item.
    struct Marker {
        /// `-`, `*`, `+`, `.` or `)`: another one begins another list.
        var kind: Unicode.Scalar
        /// Nil for an item without number.
        var number: Int?
        /// Spaces in front of what belongs to the item.
        var indentation: Int
    }

    struct Fence {
        var kind: Unicode.Scalar
        var length: Int
        var indentation: Int
    }

    /// - Parameter line: without its newline. Tabs in front count to the next fourth place.
    init(_ line: ArraySlice<Unicode.Scalar>) {
        guard line.prefix(while: { $0 == " " || $0 == "\t" }).contains("\t") else {
            scalars = line
            return
        }
        var indentation: [Unicode.Scalar] = []
        for scalar in line.prefix(while: { $0 == " " || $0 == "\t" }) {
            let width = scalar == "\t" ? 4 - indentation.count % 4 : 1
            indentation += Array(repeating: " ", count: width)
        }
        scalars = (indentation + line.drop { $0 == " " || $0 == "\t" })[...]
    }

    private init(taken scalars: ArraySlice<Unicode.Scalar>) {
        self.scalars = scalars
    }

    var isBlank: Bool { scalars.allSatisfy(\.properties.isWhitespace) }
    var indentation: Int { scalars.prefix { $0 == " " }.count }
    /// Without the spaces in front.
    var content: ArraySlice<Unicode.Scalar> { scalars.drop { $0 == " " } }
    private var mayBegin: Bool { indentation < 4 }

    /// The line with at most so many spaces less in front.
    func outdented(by count: Int) -> MarkdownLine {
        MarkdownLine(taken: scalars.dropFirst(min(count, indentation)))
    }

    /// What stands behind `>`; nil for a line that is not quoted.
    var quoted: MarkdownLine? {
        guard mayBegin, content.first == ">" else { return nil }
        let rest = content.dropFirst()
        return MarkdownLine(taken: rest.first == " " ? rest.dropFirst() : rest)
    }

    /// The text of a heading; nil for anything else, such as a hashtag.
    var heading: ArraySlice<Unicode.Scalar>? {
        guard mayBegin else { return nil }
        let marks = content.prefix { $0 == "#" }.count
        let rest = content.dropFirst(marks)
        guard 1...6 ~= marks, rest.first.map({ $0 == " " }) ?? false else { return nil }
        var text = rest.drop { $0 == " " }
        while text.last?.properties.isWhitespace == true { text = text.dropLast() }
        let closing = text.reversed().prefix { $0 == "#" }.count
        let before = text.dropLast(closing)
        if closing > 0, before.last.map({ $0 == " " }) ?? true { text = before }
        while text.last == " " { text = text.dropLast() }
        return text
    }

    /// Three of them or more alone on a line, which in a browser would be a rule.
    var isRule: Bool {
        guard mayBegin, let first = content.first, first == "-" || first == "*" || first == "_" else {
            return false
        }
        return content.allSatisfy { $0 == first || $0 == " " } && content.count { $0 == first } > 2
    }

    var fence: Fence? {
        guard mayBegin, let first = content.first, first == "`" || first == "~" else { return nil }
        let length = content.prefix { $0 == first }.count
        guard length > 2, first == "~" || !content.dropFirst(length).contains("`") else { return nil }
        return Fence(kind: first, length: length, indentation: indentation)
    }

    func ends(_ fence: Fence) -> Bool {
        guard mayBegin else { return false }
        let length = content.prefix { $0 == fence.kind }.count
        return length >= fence.length && content.dropFirst(length).allSatisfy(\.properties.isWhitespace)
    }

    var marker: Marker? {
        guard mayBegin, let first = content.first, !isRule else { return nil }
        var marks = 1
        var kind = first
        var number: Int?
        if first.isASCIIDigit {
            let digits = content.prefix { $0.isASCIIDigit }
            // Nine digits at most, as CommonMark has it, and no number overflows.
            guard digits.count < 10, let end = content.dropFirst(digits.count).first, end == "." || end == ")"
            else { return nil }
            number = digits.reduce(0) { $0 * 10 + Int($1.value) - 48 }
            marks = digits.count + 1
            kind = end
        } else if first != "-" && first != "*" && first != "+" {
            return nil
        }
        let rest = content.dropFirst(marks)
        let spaces = rest.prefix { $0 == " " }.count
        if rest.count == spaces {
            return Marker(kind: kind, number: number, indentation: indentation + marks + 1)
        }
        guard spaces > 0 else { return nil }
        // More than four are the indentation of code in the item.
        return Marker(
            kind: kind, number: number, indentation: indentation + marks + (spaces > 4 ? 1 : spaces))
    }

    /// What stands in the line behind its marker.
    func behind(_ marker: Marker) -> MarkdownLine {
        MarkdownLine(taken: scalars.dropFirst(marker.indentation))
    }
}
