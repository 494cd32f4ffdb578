/// One run of the sanitizer: tokens in, safe HTML out, with a stack of the elements it has opened.
struct Sanitizing {
    var tokenizer: Tokenizer
    let base: [UInt8]?
    var out: [UInt8] = []
    /// The elements written and not yet closed. A heading is written as two.
    private(set) var open: [Element] = []
    /// Start tags left out because they were too deep, whose end tags are still to come.
    private var flattened = 0
    private var dropped = DroppedContent()
    private var formula: Formula?
    /// Whether there is text on the line that is being written.
    private var lineHasText = false
    private var pending = Pending.nothing

    /// What must be written before the next text on this line, in order of weight.
    private enum Pending {
        case nothing
        case cellBorder
        case lineBreak
    }

    init(_ bytes: [UInt8], base: [UInt8]?) {
        tokenizer = Tokenizer(bytes)
        self.base = base
        out.reserveCapacity(bytes.count + bytes.count / 4)
    }

    mutating func run() -> [UInt8] {
        var nodes = 0
        while nodes < Sanitizer.mostNodes, let token = tokenizer.next() {
            nodes += 1
            if dropped.consumes(token, isSelfClosing: tokenizer.isSelfClosing) { continue }
            if formula != nil {
                if formula?.consume(token, tokenizer) == .ended { endFormula() }
                continue
            }
            switch token {
            case .text(let range): text(range, decodesReferences: true)
            case .verbatim(let range): text(range, decodesReferences: false)
            case .start(let element): start(element)
            case .end(let element): end(element)
            }
        }
        endFormula()
        close(downTo: 0)
        while let last = out.last, isSpace(last) { out.removeLast() }
        return out
    }

    // MARK: Text

    private mutating func text(_ range: Range<Int>, decodesReferences: Bool) {
        append(range, of: tokenizer.bytes, decodesReferences: decodesReferences)
    }

    /// Text that is decoded already.
    mutating func text(decoded bytes: [UInt8]) {
        append(bytes.indices, of: bytes, decodesReferences: false)
    }

    private mutating func append(_ range: Range<Int>, of bytes: [UInt8], decodesReferences: Bool) {
        let start = out.count
        TextWriter(target: .html).append(range, of: bytes, decodesReferences: decodesReferences, to: &out)
        guard !lineHasText || pending != .nothing else { return }
        if !open.contains(.pre) {
            // Where a line begins, whitespace means nothing; only what is decoded can be told from text.
            let spaces = out[start...].prefix(while: isSpace)
            if spaces.endIndex == out.endIndex || start == 0 { out.removeSubrange(spaces.indices) }
        }
        guard out.count > start else { return }
        lineHasText = true
        if let separator = takePending() { out.insert(contentsOf: separator.utf8, at: start) }
    }

    /// What must stand between the text before and what is written now.
    private mutating func takePending() -> String? {
        defer { pending = .nothing }
        switch pending {
        case .nothing: return nil
        case .cellBorder: return " | "
        case .lineBreak: return "<br>"
        }
    }

    mutating func writePending() {
        if pending == .lineBreak { lineHasText = false }
        if let separator = takePending() { out.append(contentsOf: separator.utf8) }
    }

    /// Something unwrapped begins or ends here that stands on lines of its own.
    private mutating func breakLine() {
        if lineHasText { pending = .lineBreak }
    }

    private mutating func beginLine() {
        lineHasText = false
        pending = .nothing
    }

    private mutating func endFormula() {
        guard let formula else { return }
        self.formula = nil
        text(decoded: formula.text)
    }

    // MARK: Tags

    private mutating func start(_ element: Element) {
        switch element.role {
        case .inline, .block: startAllowed(element)
        case .heading: startHeading()
        case .lineBreak: lineBreak()
        case .image: image()
        case .math:
            if !tokenizer.isSelfClosing { formula = Formula(tokenizer) }
        case .cell:
            if lineHasText, pending == .nothing { pending = .cellBorder }
        case .unwrappedBlock: breakLine()
        case .dropped, .unwrapped: break
        }
    }

    private mutating func end(_ element: Element) {
        switch element.role {
        case .inline, .block, .heading:
            guard flattened == 0 else {
                flattened -= 1
                return
            }
            // An item does not end outside of its own list (HTML §13.2.4.2, list item scope).
            let lowest = element == .li ? (open.lastIndex { $0 == .ul || $0 == .ol } ?? -1) + 1 : 0
            if let index = open[lowest...].lastIndex(where: { Self.matches($0, element) }) {
                close(downTo: index)
            } else if element == .p {
                // Without a start tag, or in a heading that is one paragraph.
                breakLine()
            }
        case .lineBreak: lineBreak()
        case .unwrappedBlock: breakLine()
        case .image, .math, .cell, .dropped, .unwrapped: break
        }
    }

    /// `</h1>` also ends an `h2` (HTML §13.2.6.4.7).
    private static func matches(_ open: Element, _ ending: Element) -> Bool {
        open == ending || open.role == .heading && ending.role == .heading
    }

    private mutating func startAllowed(_ element: Element) {
        if element.role == .block {
            if element == .p, open.contains(where: { $0.role == .heading }) { return breakLine() }
            closeParagraph()
            if element == .li { closeItem() }
        } else if element == .rt || element == .rp {
            closeReading()
        } else if element == .a, let link = open.lastIndex(of: .a) {
            close(downTo: link)
        }
        var target: [UInt8]?
        if element == .a {
            target = tokenizer.attribute("href").flatMap(linkTarget)
            if target == nil { return }
        }
        guard push(element) else { return }
        if element.role == .block { beginLine() } else { writePending() }
        out.append(UInt8(ascii: "<"))
        out.append(contentsOf: element.rawValue.utf8)
        writeAttributes(of: element, target: target)
        out.append(UInt8(ascii: ">"))
    }

    private mutating func startHeading() {
        closeParagraph()
        guard push(.h1) else { return }
        beginLine()
        write("<p><strong>")
    }

    /// A block ends the paragraph or heading that it begins in (HTML §13.2.6.4.7).
    private mutating func closeParagraph() {
        if let index = open.lastIndex(where: { $0 == .p || $0.role == .heading }) { close(downTo: index) }
    }

    /// An item ends the one before it in the same list.
    private mutating func closeItem() {
        if let index = open.lastIndex(where: { $0 == .li || $0 == .ul || $0 == .ol }), open[index] == .li {
            close(downTo: index)
        }
    }

    /// In a `ruby`, a reading or parenthesis ends what can do without an end tag (HTML §13.2.6.4.7, implied
    /// end tags).
    private mutating func closeReading() {
        guard open.contains(.ruby) else { return }
        while let last = open.last, last == .rt || last == .rp || last == .p || last == .li {
            close(downTo: open.count - 1)
        }
    }

    private mutating func lineBreak() {
        write("<br>")
        beginLine()
    }

    /// - Returns: false when the element is too deep to be written.
    private mutating func push(_ element: Element) -> Bool {
        // A heading, of which there is never more than one, is written as two elements.
        let headings = element.role == .heading || open.contains { $0.role == .heading } ? 1 : 0
        guard open.count + headings < Sanitizer.mostDepth else {
            flattened += 1
            return false
        }
        open.append(element)
        return true
    }

    private mutating func close(downTo count: Int) {
        while open.count > count {
            let element = open.removeLast()
            if element.role == .heading {
                write("</strong></p>")
            } else {
                out.append(UInt8(ascii: "<"))
                out.append(UInt8(ascii: "/"))
                out.append(contentsOf: element.rawValue.utf8)
                out.append(UInt8(ascii: ">"))
            }
            if element.role != .inline { beginLine() }
        }
    }

    mutating func write(_ markup: StaticString) {
        markup.withUTF8Buffer { out.append(contentsOf: $0) }
    }
}
