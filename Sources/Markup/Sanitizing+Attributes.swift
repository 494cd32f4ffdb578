extension Sanitizing {
    /// Where the link of this attribute may lead; `nil` when it may not.
    func linkTarget(_ href: Range<Int>) -> [UInt8]? {
        LinkTarget.checked(tokenizer.decoded(href), base: base)
    }

    /// The attributes that this element may keep, in a fixed order, and for links those that all must have.
    mutating func writeAttributes(of element: Element, target: [UInt8]?) {
        if let target {
            write(" href=\"")
            TextWriter(target: .attribute).append(
                target.indices, of: target, decodesReferences: false, to: &out)
            write("\"")
        }
        if !tokenizer.attributes.isEmpty, element == .p || element == .span || element == .a {
            writeTokens("class", before: "", where: Self.isAllowedClass)
        }
        if element == .a {
            writeTokens("rel", before: "nofollow noopener noreferrer", where: Self.isAllowedRelation)
        }
        if !tokenizer.attributes.isEmpty {
            if element == .span || element == .a, let value = tokenizer.attribute("translate"),
                tokenizer.bytes[value].elementsEqual("no".utf8)
            {
                write(" translate=\"no\"")
            }
        }
        if element == .a { write(" target=\"_blank\"") }
        guard !tokenizer.attributes.isEmpty else { return }
        if element == .ol {
            writeIfValid("start", where: Self.isInteger)
            if tokenizer.attribute("reversed") != nil { write(" reversed=\"\"") }
        }
        if element == .li { writeIfValid("value", where: Self.isInteger) }
        writeIfValid("lang", where: Self.isLanguageTag)
    }

    private mutating func writeIfValid(_ name: StaticString, where isValid: (ArraySlice<UInt8>) -> Bool) {
        guard let value = tokenizer.attribute(name), isValid(tokenizer.bytes[value]) else { return }
        write(" ")
        write(name)
        write("=\"")
        out.append(contentsOf: tokenizer.bytes[value])
        write("\"")
    }

    /// Of an attribute that is a list of words, those that are allowed, after those that must be there.
    private mutating func writeTokens(
        _ name: StaticString, before required: StaticString, where isAllowed: (ArraySlice<UInt8>) -> Bool
    ) {
        var isEmpty = required.utf8CodeUnitCount == 0
        if !isEmpty { beginAttribute(name, required) }
        if let value = tokenizer.attribute(name) {
            // The words we know have no need of character references.
            for word in tokenizer.bytes[value].split(whereSeparator: isSpace) where isAllowed(word) {
                if isEmpty { beginAttribute(name, "") } else { write(" ") }
                isEmpty = false
                out.append(contentsOf: word)
            }
        }
        if !isEmpty { write("\"") }
    }

    private mutating func beginAttribute(_ name: StaticString, _ value: StaticString) {
        write(" ")
        write(name)
        write("=\"")
        write(value)
    }

    private static func isAllowedClass(_ word: ArraySlice<UInt8>) -> Bool {
        isMicroformat(word) || classes.contains { word.elementsEqual($0.utf8) }
    }

    private static let classes = ["mention", "hashtag", "ellipsis", "invisible", "quote-inline"]

    /// A prefix of <https://microformats.org/wiki/microformats2> and letters, digits, hyphens, underscores.
    private static func isMicroformat(_ word: ArraySlice<UInt8>) -> Bool {
        let prefixes = ["h-", "p-", "u-", "dt-", "e-"]
        return prefixes.contains { word.starts(with: $0.utf8) } && word.allSatisfy { isNameByte($0) }
    }

    private static func isAllowedRelation(_ word: ArraySlice<UInt8>) -> Bool {
        ["tag", "me", "ugc"].contains { word.elementsEqual($0.utf8) }
    }

    private static func isInteger(_ value: ArraySlice<UInt8>) -> Bool {
        let digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value
        return !digits.isEmpty && digits.count < 10
            && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    /// The outward form of BCP 47; 35 bytes are enough for all that RFC 5646 §4.4.1 recommends to support.
    private static func isLanguageTag(_ value: ArraySlice<UInt8>) -> Bool {
        !value.isEmpty && value.count <= 35 && value.allSatisfy { isNameByte($0) && $0 != UInt8(ascii: "_") }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
