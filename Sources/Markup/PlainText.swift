/// Turns HTML, ours or a stranger's, into text without markup.
///
/// Not HTML any more: to show it in a page it must be escaped.
package struct PlainText {
    private var tokenizer: Tokenizer
    private let isInline: Bool
    /// Bytes after which no more text is collected.
    private let mostBytes: Int
    private var out: [UInt8] = []
    private var dropped = DroppedContent()
    /// The open spans, as far as they matter.
    private var spans: [Span] = []
    private var invisibleSpans = 0
    /// Newlines owed before the next text.
    private var newlines = 0
    private var owesSpace = false
    private var preDepth = 0
    private var wasCut = false

    private enum Span {
        case plain, invisible, ellipsis
    }

    private init(_ html: String, isInline: Bool, mostBytes: Int) {
        tokenizer = Tokenizer(Array(Sanitizer.bounded(html)))
        self.isInline = isInline
        self.mostBytes = mostBytes
    }

    /// The text as in a preview: lines kept, a blank line between paragraphs, links as short as they are
    /// shown.
    ///
    /// `.invisible` is left out and `.ellipsis` gets its `…`, which is how clients shorten links.
    package static func text(_ html: String) -> String {
        var reader = PlainText(html, isInline: false, mostBytes: .max)
        return reader.read()
    }

    /// The same, not longer than `limit` characters; when something was cut off, the last one is `…`.
    package static func text(_ html: String, limit: Int) -> String {
        // A character has seldom more than a few bytes; a preview may end sooner where they pile up.
        var reader = PlainText(html, isInline: false, mostBytes: max(0, min(limit, 1 << 20)) * 64)
        let text = reader.read()
        guard limit > 0 else { return "" }
        var cut = text.prefix(limit)
        guard reader.wasCut || cut.endIndex < text.endIndex else { return text }
        if cut.count == limit { cut.removeLast() }
        while cut.last?.isWhitespace == true { cut.removeLast() }
        return cut + "\u{2026}"
    }

    /// The text on one line; nothing is left out, and any whitespace becomes one space.
    package static func inline(_ html: String) -> String {
        var reader = PlainText(html, isInline: true, mostBytes: .max)
        return reader.read()
    }

    /// Text that is no HTML, without the characters that do harm: controls, and those that turn the writing
    /// direction.
    package static func cleaned(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        TextWriter(target: .plain).append(bytes.indices, of: bytes, decodesReferences: false, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func read() -> String {
        var nodes = 0
        while !wasCut, nodes < Sanitizer.mostNodes, let token = tokenizer.next() {
            nodes += 1
            if dropped.consumes(token, isSelfClosing: tokenizer.isSelfClosing) { continue }
            switch token {
            case .text(let range): text(range, decodesReferences: true)
            case .verbatim(let range): text(range, decodesReferences: false)
            case .start(let element): start(element)
            case .end(let element): end(element)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private mutating func start(_ element: Element) {
        switch element {
        case .br, .hr: newlines = min(newlines + 1, 2)
        case .span: startSpan()
        default: boundary(of: element)
        }
        if element == .pre { preDepth += 1 }
    }

    private mutating func end(_ element: Element) {
        switch element {
        case .span: endSpan()
        default: boundary(of: element)
        }
        if element == .pre { preDepth = max(0, preDepth - 1) }
    }

    private mutating func boundary(of element: Element) {
        switch element.role {
        case .block where element == .li, .unwrappedBlock: newlines = max(newlines, 1)
        case .block, .heading: newlines = 2
        case .cell: owesSpace = true
        default: break
        }
    }

    private mutating func startSpan() {
        guard spans.count < Sanitizer.mostDepth else { return }
        let words =
            tokenizer.attribute("class").map { tokenizer.bytes[$0].split(whereSeparator: isSpace) } ?? []
        var span = Span.plain
        if !isInline {
            if words.contains(where: { $0.elementsEqual("invisible".utf8) }) {
                span = .invisible
                invisibleSpans += 1
            } else if words.contains(where: { $0.elementsEqual("ellipsis".utf8) }) {
                span = .ellipsis
            }
        }
        spans.append(span)
    }

    private mutating func endSpan() {
        guard let span = spans.popLast() else { return }
        switch span {
        case .plain: break
        case .invisible: invisibleSpans -= 1
        case .ellipsis: if invisibleSpans == 0 { out.append(contentsOf: "\u{2026}".utf8) }
        }
    }

    private mutating func text(_ range: Range<Int>, decodesReferences: Bool) {
        guard invisibleSpans == 0 else { return }
        var decoded: [UInt8] = []
        TextWriter(target: .plain)
            .append(range, of: tokenizer.bytes, decodesReferences: decodesReferences, to: &decoded)
        for byte in decoded {
            if out.count >= mostBytes, byte & 0xC0 != 0x80 {
                wasCut = true
                return
            }
            if isSpace(byte) {
                if preDepth > 0, !isInline, byte == 0x0A {
                    newlines = min(newlines + 1, 2)
                    owesSpace = false
                } else {
                    owesSpace = true
                }
                continue
            }
            writeOwed()
            out.append(byte)
        }
    }

    /// Whitespace is only written before text, so that there is none at the ends, and as much as its
    /// strongest part.
    private mutating func writeOwed() {
        if !out.isEmpty {
            if newlines > 0, !isInline {
                for _ in 0..<newlines { out.append(0x0A) }
            } else if newlines > 0 || owesSpace {
                out.append(0x20)
            }
        }
        newlines = 0
        owesSpace = false
    }
}
