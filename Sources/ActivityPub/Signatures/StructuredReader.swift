internal import Crypto

/// Takes a structured field apart, byte by byte. RFC 8941 §4.2.
struct StructuredReader {
    private var rest: ArraySlice<UInt8>

    /// Nobody signs more components than this.
    private static let listLimit = 64

    init(_ text: [UInt8]) {
        rest = text[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipSpaces(orTabs: Bool = false) {
        rest = rest.drop { $0 == UInt8(ascii: " ") || orTabs && $0 == UInt8(ascii: "\t") }
    }

    mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }

    /// §4.2.2, one turn of its loop.
    mutating func takeMember() throws(SignatureFault) -> StructuredMember {
        let key = try takeKey()
        let hasValue = take(UInt8(ascii: "="))
        let start = rest
        let content: StructuredContent
        if !hasValue {
            content = .item(.boolean(true))
        } else if rest.first == UInt8(ascii: "(") {
            content = .list(try takeList())
        } else {
            content = .item(try takeItem())
        }
        let parameters = try takeParameters()
        let text = String(decoding: start[..<rest.startIndex], as: UTF8.self)
        return StructuredMember(key: key, content: content, parameters: parameters, text: text)
    }

    /// §4.2.1.2.
    private mutating func takeList() throws(SignatureFault) -> [(StructuredItem, StructuredParameters)] {
        rest.removeFirst()
        var list: [(StructuredItem, StructuredParameters)] = []
        while true {
            skipSpaces()
            if take(UInt8(ascii: ")")) { return list }
            guard list.count < StructuredReader.listLimit else { throw .malformedSignature }
            let item = try takeItem()
            list.append((item, try takeParameters()))
            guard rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: ")") else {
                throw .malformedSignature
            }
        }
    }

    /// §4.2.3.2.
    private mutating func takeParameters() throws(SignatureFault) -> StructuredParameters {
        var parameters = StructuredParameters()
        while take(UInt8(ascii: ";")) {
            skipSpaces()
            let key = try takeKey()
            let value = take(UInt8(ascii: "=")) ? try takeItem() : .boolean(true)
            try parameters.append(key, value)
        }
        return parameters
    }

    /// §4.2.3.3.
    private mutating func takeKey() throws(SignatureFault) -> String {
        guard let first = rest.first, isLower(first) || first == UInt8(ascii: "*") else {
            throw .malformedSignature
        }
        return take { byte in
            isLower(byte) || isDigit(byte) || StructuredReader.keyMarks.contains(byte)
        }
    }

    private static let keyMarks = Array("_-.*".utf8)
    private static let tokenMarks = Array("!#$%&'*+-.^_`|~:/".utf8)

    /// §4.2.3.1.
    private mutating func takeItem() throws(SignatureFault) -> StructuredItem {
        guard let first = rest.first else { throw .malformedSignature }
        switch first {
        case UInt8(ascii: "\""): return .string(try takeString())
        case UInt8(ascii: ":"): return .bytes(try takeBytes())
        case UInt8(ascii: "?"): return .boolean(try takeBoolean())
        case UInt8(ascii: "-"): return try takeNumber()
        case _ where isDigit(first): return try takeNumber()
        case _ where isLetter(first) || first == UInt8(ascii: "*"):
            return .token(
                take { isLetter($0) || isDigit($0) || StructuredReader.tokenMarks.contains($0) })
        default: throw .malformedSignature
        }
    }

    /// §4.2.4: at most fifteen digits, or twelve and three behind a point.
    private mutating func takeNumber() throws(SignatureFault) -> StructuredItem {
        let isNegative = take(UInt8(ascii: "-"))
        let digits = take(while: isDigit)
        guard (1...15).contains(digits.utf8.count), let value = Int64(digits) else { throw .malformedNumber }
        guard take(UInt8(ascii: ".")) else { return .integer(isNegative ? -value : value) }
        let fraction = take(while: isDigit)
        guard digits.utf8.count <= 12, (1...3).contains(fraction.utf8.count) else { throw .malformedNumber }
        return .decimal
    }

    /// §4.2.5: printable ASCII; a backslash stands before a quote or another backslash only.
    private mutating func takeString() throws(SignatureFault) -> String {
        rest.removeFirst()
        var text: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let next = rest.popFirst(), next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
                else { throw .malformedSignature }
                text.append(next)
            case 0x20...0x7e: text.append(byte)
            default: throw .malformedSignature
            }
        }
        throw .malformedSignature
    }

    /// §4.2.7.
    private mutating func takeBytes() throws(SignatureFault) -> [UInt8] {
        rest.removeFirst()
        let text = take { $0 != UInt8(ascii: ":") }
        guard take(UInt8(ascii: ":")) else { throw .malformedSignature }
        guard let bytes = Base64.decode(text) else { throw .malformedBase64 }
        return bytes
    }

    /// §4.2.8.
    private mutating func takeBoolean() throws(SignatureFault) -> Bool {
        rest.removeFirst()
        if take(UInt8(ascii: "1")) { return true }
        guard take(UInt8(ascii: "0")) else { throw .malformedSignature }
        return false
    }

    private mutating func take(while isWanted: (UInt8) -> Bool) -> String {
        let taken = rest.prefix(while: isWanted)
        rest = rest[taken.endIndex...]
        return String(decoding: taken, as: UTF8.self)
    }
}

private func isLower(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }

private func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
