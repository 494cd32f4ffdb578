/// A run of text in Markdown: what is emphasised, linked and broken in it. Mentions, hashtags and addresses are found
/// as in plain text.
struct MarkdownInline: Sendable {
    enum Style: Sendable {
        case emphasis
        case strong
        case struck
    }

    enum Piece: Sendable {
        case text(String)
        case lineBreak
        case code(String)
        case begin(Style)
        case end(Style)
        /// As the grammar of posts found it, with what was written.
        case part(PostGrammar.Part, String)
        /// The address is one that may be linked to.
        case link(String, [Piece])
    }

    /// Properly nested.
    let pieces: [Piece]

    init(_ scalars: ArraySlice<Unicode.Scalar>) {
        pieces = MarkdownInlineReader(Array(scalars)).pieces
    }
}

/// Looks for code, links and what posts know, in this order; what is found first keeps its characters.
private struct MarkdownInlineReader {
    private enum Mark {
        case plain
        /// In code or a link, which other things do not reach into.
        case taken
        /// A backslash that is not shown, and the character behind it that means nothing.
        case escape
        case escaped
    }

    private let scalars: [Unicode.Scalar]
    private var marks: [Mark]
    /// By where they begin: the content, and where they end.
    private var codes: [Int: (content: Range<Int>, end: Int)] = [:]
    private var links: [Int: (text: Range<Int>, address: String, end: Int)] = [:]
    private var parts: [Int: (part: PostGrammar.Part, end: Int)] = [:]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        marks = Array(repeating: .plain, count: scalars.count)
        findCode()
        findLinks()
        findParts()
    }

    var pieces: [MarkdownInline.Piece] { pieces(in: scalars.indices, isLinked: false) }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }

    private func length(ofRunAt start: Int) -> Int {
        scalars[start...].prefix { $0 == scalars[start] }.count
    }

    private mutating func take(_ range: Range<Int>) {
        for index in range { marks[index] = .taken }
    }

    /// Backticks, and as many again; escapes count outside only.
    private mutating func findCode() {
        var runs: [Int: [Int]] = [:]
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "`" else {
                index += 1
                continue
            }
            let length = length(ofRunAt: index)
            runs[length, default: []].append(index)
            index += length
        }
        // The last of each list is the next to come.
        for length in runs.keys { runs[length]?.reverse() }
        index = 0
        while index < scalars.count {
            switch scalars[index] {
            case "\\" where index + 1 < scalars.count && scalars[index + 1].mayBeEscaped:
                marks[index] = .escape
                marks[index + 1] = .escaped
                index += 2
            case "`":
                let length = length(ofRunAt: index)
                while let next = runs[length]?.last, next <= index { runs[length]?.removeLast() }
                if let end = runs[length]?.last {
                    codes[index] = (index + length..<end, end + length)
                    take(index..<end + length)
                    index = end + length
                } else {
                    index += length
                }
            default:
                index += 1
            }
        }
    }

    /// `[text](address)`; an image is a link to it.
    private mutating func findLinks() {
        var open: [Int] = []
        for index in scalars.indices where marks[index] == .plain {
            if scalars[index] == "[" {
                open.append(index)
            } else if scalars[index] == "]", let start = open.popLast(),
                let (address, end) = address(at: index + 1)
            {
                let text = start + 1..<index
                let isImage = start > 0 && scalars[start - 1] == "!" && marks[start - 1] == .plain
                links[isImage ? start - 1 : start] = (text, address, end)
                for taken in index..<end where marks[taken] == .plain { marks[taken] = .taken }
                // A link in a link is none; the outer brackets are text.
                open.removeAll(keepingCapacity: true)
            }
        }
    }

    /// Longest address of a link in scalars, so that no text of brackets takes long.
    private static let longestAddress = 1_000

    private func address(at start: Int) -> (String, end: Int)? {
        guard start < scalars.count, scalars[start] == "(" else { return nil }
        var end = start + 1
        var unclosed = 0
        while end < scalars.count, end - start <= Self.longestAddress {
            let scalar = scalars[end]
            if scalar == "(" { unclosed += 1 }
            if scalar == ")" {
                if unclosed == 0 { break }
                unclosed -= 1
            }
            if scalar == "\n" { return nil }
            end += 1
        }
        guard end < scalars.count, scalars[end] == ")" else { return nil }
        // Behind a space stands a title, which is not shown.
        let inside = scalars[(start + 1)..<end].drop { $0 == " " }.prefix { $0 != " " }
        let bare = inside.first == "<" && inside.last == ">" ? inside.dropFirst().dropLast() : inside
        let bytes = Array(String(String.UnicodeScalarView(bare)).utf8)
        guard let target = LinkTarget.checked(bytes, base: nil) else { return nil }
        return (String(decoding: target, as: UTF8.self), end + 1)
    }

    private mutating func findParts() {
        var start = 0
        for part in PostGrammar(scalars).parts {
            let end = start + part.length
            if case .text = part {
            } else if marks[start..<end].allSatisfy({ $0 != .taken }),
                marks[start] == .plain
            {
                parts[start] = (part, end)
            }
            start = end
        }
    }

    private func pieces(in range: Range<Int>, isLinked: Bool) -> [MarkdownInline.Piece] {
        var emphasis = MarkdownEmphasis()
        var index = range.lowerBound
        while index < range.upperBound {
            let scalar = scalars[index]
            if let code = codes[index], code.end <= range.upperBound {
                emphasis.append(.code(string(code.content)))
                index = code.end
            } else if !isLinked, let link = links[index] {
                let text = pieces(in: link.text, isLinked: true)
                emphasis.append(.link(link.address, text.isEmpty ? [.text(link.address)] : text))
                index = link.end
            } else if !isLinked, let (part, end) = parts[index] {
                emphasis.append(.part(part, string(index..<end)))
                index = end
            } else if !isLinked, scalar == "<", let (part, end) = parts[index + 1], case .link = part,
                end < range.upperBound, scalars[end] == ">"
            {
                emphasis.append(.part(part, string(index + 1..<end)))
                index = end + 1
            } else if marks[index] == .escape {
                index += 1
            } else if marks[index] == .plain, scalar == "*" || scalar == "_" || scalar == "~" {
                let end = min(index + length(ofRunAt: index), range.upperBound)
                emphasis.append(
                    scalar, count: end - index, before: index > 0 ? scalars[index - 1] : nil,
                    after: end < scalars.count ? scalars[end] : nil)
                index = end
            } else {
                emphasis.append(scalar)
                index += 1
            }
        }
        return emphasis.pieces
    }
}

extension PostGrammar.Part {
    /// In scalars.
    fileprivate var length: Int {
        switch self {
        case .text(let range), .link(let range), .mention(_, let range): range.count
        case .hashtag(let name): name.unicodeScalars.count + 1
        }
    }
}

extension Unicode.Scalar {
    /// ASCII punctuation, CommonMark section 2.4.
    fileprivate var mayBeEscaped: Bool {
        0x21...0x7E ~= value && !isASCIILetter && !isASCIIDigit
    }
}
