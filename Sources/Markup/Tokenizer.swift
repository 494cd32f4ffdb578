/// Cuts untrusted HTML into text and tags the way browsers do (HTML §13.2.5), in one pass over the bytes.
///
/// Nothing is refused: whatever the bytes are, there is a way to read them. Comments, doctypes, processing
/// instructions and CDATA sections are passed over. A tag that the end of the input cuts off is dropped, as
/// in browsers.
struct Tokenizer {
    /// Ranges are offsets into `bytes`.
    enum Token: Equatable {
        /// Text in which character references are still undecoded.
        case text(Range<Int>)
        /// Text in which an ampersand is an ampersand.
        case verbatim(Range<Int>)
        /// A start tag; `attributes` and `isSelfClosing` belong to it until the next token is read.
        case start(Element)
        case end(Element)
    }

    struct Attribute {
        var name: Range<Int>
        /// Without quotes, character references undecoded; empty when there is none.
        var value: Range<Int>
    }

    let bytes: [UInt8]
    private(set) var attributes: [Attribute] = []
    private(set) var isSelfClosing = false
    private var position = 0
    /// The element whose content is being read as raw text.
    private var raw: Element?

    /// More attributes of one tag are passed over.
    static let mostAttributes = 32

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next token; `nil` at the end.
    mutating func next() -> Token? {
        if let element = raw {
            raw = nil
            if let text = rawText(of: element) { return text }
        }
        while position < bytes.count {
            guard startsMarkup(at: position) else { return text() }
            switch bytes[position + 1] {
            case UInt8(ascii: "!"): skipDeclaration()
            case UInt8(ascii: "?"): skip(past: UInt8(ascii: ">"))
            case UInt8(ascii: "/"):
                if let token = endTag() { return token }
            default:
                if let token = startTag() { return token }
            }
        }
        return nil
    }

    /// The value of an attribute of the start tag just read; the first of its name counts (HTML §13.2.5.33).
    func attribute(_ name: StaticString) -> Range<Int>? {
        for attribute in attributes where attribute.name.count == name.utf8CodeUnitCount {
            let isSame = name.withUTF8Buffer { wanted in
                zip(wanted, bytes[attribute.name]).allSatisfy { $0 == lowercased($1) }
            }
            if isSame { return attribute.value }
        }
        return nil
    }

    /// For tags that are replaced by others, which must not inherit anything.
    mutating func forgetAttributes() {
        attributes.removeAll(keepingCapacity: true)
    }

    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    private func isLetter(at index: Int) -> Bool {
        byte(at: index).map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) } ?? false
    }

    /// Whether the byte is a `<` that is more than a less-than sign.
    private func startsMarkup(at index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "<"), let next = byte(at: index + 1) else { return false }
        switch next {
        case UInt8(ascii: "!"), UInt8(ascii: "?"): return true
        case UInt8(ascii: "/"): return index + 2 < bytes.count
        default: return isLetter(at: index + 1)
        }
    }

    private mutating func text() -> Token {
        let start = position
        position += 1
        while position < bytes.count, !(bytes[position] == UInt8(ascii: "<") && startsMarkup(at: position)) {
            position += 1
        }
        return .text(start..<position)
    }

    private mutating func skip(past end: UInt8) {
        while let byte = byte(at: position) {
            position += 1
            if byte == end { return }
        }
    }

    /// `nil` for `</>` and `</` before something that is no name, which are comments, and at the end of
    /// input.
    private mutating func endTag() -> Token? {
        position += 2
        guard isLetter(at: position) else {
            skip(past: UInt8(ascii: ">"))
            return nil
        }
        let element = tagName()
        return skipAttributes() ? .end(element) : nil
    }

    /// `nil` when the end of input cuts the tag off.
    private mutating func startTag() -> Token? {
        position += 1
        let element = tagName()
        guard skipAttributes() else { return nil }
        if element.content != .markup { raw = element }
        return .start(element)
    }

    private mutating func tagName() -> Element {
        let start = position
        while let byte = byte(at: position), !endsTagName(byte) { position += 1 }
        return Element(name: bytes[start..<position])
    }

    private func endsTagName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">")
    }

    /// - Returns: whether there was a `>` (HTML §13.2.5.32 to .39).
    private mutating func skipAttributes() -> Bool {
        attributes.removeAll(keepingCapacity: true)
        isSelfClosing = false
        while let byte = byte(at: position) {
            if byte == UInt8(ascii: ">") {
                position += 1
                return true
            }
            isSelfClosing = byte == UInt8(ascii: "/")
            if isSelfClosing || isSpace(byte) {
                position += 1
                continue
            }
            let start = position
            position += 1
            while let byte = self.byte(at: position), byte != UInt8(ascii: "="), !endsTagName(byte) {
                position += 1
            }
            let name = start..<position
            skipSpaces()
            var value = position..<position
            if self.byte(at: position) == UInt8(ascii: "=") {
                position += 1
                skipSpaces()
                value = attributeValue()
            }
            if attributes.count < Self.mostAttributes {
                attributes.append(Attribute(name: name, value: value))
            }
        }
        return false
    }

    private mutating func attributeValue() -> Range<Int> {
        let start = position
        guard let first = byte(at: position) else { return start..<start }
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            position += 1
            while let byte = byte(at: position), byte != first { position += 1 }
            let value = start + 1..<position
            // The closing quote, unless the input ends before it.
            position = min(position + 1, bytes.count)
            return value
        }
        while let byte = byte(at: position), !isSpace(byte), byte != UInt8(ascii: ">") { position += 1 }
        return start..<position
    }

    private mutating func skipSpaces() {
        while let byte = byte(at: position), isSpace(byte) { position += 1 }
    }
}

extension Tokenizer {
    /// What lies before the end tag of a raw text element; `nil` when there is nothing.
    private mutating func rawText(of element: Element) -> Token? {
        let start = position
        let name = Array(element.rawValue.utf8)
        while position < bytes.count, element.content == .rawToTheEnd || !isEndTag(name, at: position) {
            position += 1
        }
        guard position > start else { return nil }
        return element.content == .escapable ? .text(start..<position) : .verbatim(start..<position)
    }

    private func isEndTag(_ name: [UInt8], at index: Int) -> Bool {
        guard bytes[index] == UInt8(ascii: "<"), byte(at: index + 1) == UInt8(ascii: "/"),
            let after = byte(at: index + 2 + name.count), endsTagName(after)
        else { return false }
        return zip(name, bytes[(index + 2)...]).allSatisfy { $0 == lowercased($1) }
    }

    private mutating func skipDeclaration() {
        if starts(with: "<!--", at: position) {
            skipComment()
        } else if starts(with: "<![CDATA[", at: position) {
            position += 9
            while position < bytes.count, !starts(with: "]]>", at: position) { position += 1 }
            position = min(position + 3, bytes.count)
        } else {
            skip(past: UInt8(ascii: ">"))
        }
    }

    /// Comments end at `-->` or `--!>`, and `<!-->` and `<!--->` are whole ones (HTML §13.2.5.43 to .52).
    private mutating func skipComment() {
        position += 4
        for short: StaticString in [">", "->"] where starts(with: short, at: position) {
            position += short.utf8CodeUnitCount
            return
        }
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "-") {
                for end: StaticString in ["-->", "--!>"] where starts(with: end, at: position) {
                    position += end.utf8CodeUnitCount
                    return
                }
            }
            position += 1
        }
    }

    private func starts(with text: StaticString, at index: Int) -> Bool {
        text.withUTF8Buffer { bytes[index...].starts(with: $0) }
    }
}

/// ASCII whitespace as HTML counts it.
func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
}
