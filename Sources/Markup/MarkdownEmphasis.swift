/// Puts the pieces of a line together and finds which asterisks belong to each other, in one pass.
///
/// <https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis>, with bounds: runs of more than three are text,
/// and so is what would be nested too deeply.
struct MarkdownEmphasis {
    private struct Run {
        let scalar: Unicode.Scalar
        /// As written, and what of it belongs to nothing yet.
        let length: Int
        var rest: Int
        let canOpen: Bool
        let canClose: Bool
        /// The innermost first.
        var begins: [MarkdownInline.Style] = []
        var ends: [MarkdownInline.Style] = []
    }

    private enum Node {
        case piece(MarkdownInline.Piece)
        case run(Run)
    }

    /// Runs that are open at a time.
    private static let deepest = 16

    private var nodes: [Node] = []
    private var text = String.UnicodeScalarView()
    /// Where the runs are that may still begin something, and of which characters.
    private var open: [Int] = []

    mutating func append(_ scalar: Unicode.Scalar) {
        guard scalar == "\n" else { return text.append(scalar) }
        while text.last == " " { text.removeLast() }
        // A backslash at the end of a line says what each newline says here anyway.
        if text.last == "\\" { text.removeLast() }
        append(.lineBreak)
    }

    mutating func append(_ piece: MarkdownInline.Piece) {
        if !text.isEmpty { nodes.append(.piece(.text(String(text)))) }
        text = String.UnicodeScalarView()
        nodes.append(.piece(piece))
    }

    /// Adds a run of one character.
    mutating func append(
        _ scalar: Unicode.Scalar, count: Int, before: Unicode.Scalar?, after: Unicode.Scalar?
    ) {
        guard count < 4, scalar != "~" || count == 2 else {
            text.append(contentsOf: repeatElement(scalar, count: count))
            return
        }
        let beginsWord = MarkdownEmphasis.flanks(after, other: before)
        let endsWord = MarkdownEmphasis.flanks(before, other: after)
        let isInWord = beginsWord && endsWord && scalar == "_"
        var run = Run(
            scalar: scalar, length: count, rest: count,
            canOpen: beginsWord && (!isInWord || before?.isMarkdownPunctuation ?? true),
            canClose: endsWord && (!isInWord || after?.isMarkdownPunctuation ?? true))
        if !text.isEmpty { nodes.append(.piece(.text(String(text)))) }
        text = String.UnicodeScalarView()
        if run.canClose { close(&run) }
        nodes.append(.run(run))
        if run.canOpen, run.rest > 0, open.count < Self.deepest { open.append(nodes.count - 1) }
    }

    /// Whether a run is at the side of a word where `scalar` is: "flanking" in the words of the specification.
    private static func flanks(_ scalar: Unicode.Scalar?, other: Unicode.Scalar?) -> Bool {
        guard let scalar, !scalar.properties.isWhitespace else { return false }
        return !scalar.isMarkdownPunctuation || other?.properties.isWhitespace ?? true
            || other?.isMarkdownPunctuation ?? true
    }

    /// Gives the run to the nearest that are open and like it; those between them are text.
    private mutating func close(_ run: inout Run) {
        while run.rest > 0, let place = open.lastIndex(where: { isOpen($0, like: run) }),
            case .run(var opener) = nodes[open[place]]
        {
            let width = run.scalar == "~" || opener.rest > 1 && run.rest > 1 ? 2 : 1
            let style: MarkdownInline.Style = run.scalar == "~" ? .struck : width == 2 ? .strong : .emphasis
            opener.rest -= width
            run.rest -= width
            opener.begins.append(style)
            run.ends.append(style)
            nodes[open[place]] = .run(opener)
            open.removeSubrange((opener.rest > 0 ? place + 1 : place)...)
        }
    }

    private func isOpen(_ node: Int, like run: Run) -> Bool {
        guard case .run(let opener) = nodes[node], opener.scalar == run.scalar else { return false }
        // "The sum of the lengths must not be a multiple of 3", or `*a**b*` would be two.
        let isBoth = opener.canClose || run.canOpen
        return !isBoth || (opener.length + run.length) % 3 != 0 || opener.length % 3 == 0
    }

    /// Everything, properly nested.
    var pieces: [MarkdownInline.Piece] {
        var pieces: [MarkdownInline.Piece] = []
        for node in nodes {
            switch node {
            case .piece(let piece): pieces.append(piece)
            case .run(let run):
                pieces += run.ends.map { .end($0) }
                if run.rest > 0 {
                    pieces.append(.text(String(repeating: String(run.scalar), count: run.rest)))
                }
                pieces += run.begins.reversed().map { .begin($0) }
            }
        }
        if !text.isEmpty { pieces.append(.text(String(text))) }
        return pieces
    }
}

extension Unicode.Scalar {
    /// Punctuation and symbols of any script.
    fileprivate var isMarkdownPunctuation: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
            .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }
}
