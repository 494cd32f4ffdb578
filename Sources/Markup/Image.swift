/// What remains of an `img` element: where it is and how to call it.
struct Image {
    /// Its address, if it is on the web.
    var target: [UInt8]?
    /// Its description; without one the name of its file.
    var text: [UInt8]
    /// Whether it stands for a character, as WordPress and others write them.
    var isEmoji: Bool

    /// Longest file name that is shown as the text of a link, in bytes.
    private static let longestName = 60

    /// - Parameter tokenizer: has just read the tag.
    /// - Returns: `nil` when the image has neither address nor description.
    init?(_ tokenizer: Tokenizer, base: [UInt8]?) {
        target = tokenizer.attribute("src")
            .flatMap { LinkTarget.checked(tokenizer.decoded($0), base: base) }
            .flatMap { LinkTarget.isWeb($0) ? $0 : nil }
        let description = tokenizer.attribute("alt").map { tokenizer.decoded($0) } ?? []
        let classes = tokenizer.attribute("class").map { tokenizer.decoded($0) } ?? []
        isEmoji =
            !description.isEmpty
            && classes.split(whereSeparator: isSpace).contains { Self.emojiClasses.contains(Array($0)) }
        text = description.allSatisfy(isSpace) ? Self.fileName(in: target ?? []) : description
        if text.isEmpty { return nil }
    }

    private static let emojiClasses = ["emoji", "wp-smiley"].map { Array($0.utf8) }

    /// The last part of the path, or the whole address.
    private static func fileName(in address: [UInt8]) -> [UInt8] {
        let path = address.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        guard let name = path.split(separator: UInt8(ascii: "/")).last, name.count <= longestName else {
            return address
        }
        return Array(name)
    }
}

extension Tokenizer {
    /// The value of an attribute as it is meant.
    func decoded(_ value: Range<Int>) -> [UInt8] {
        var decoded: [UInt8] = []
        TextWriter(target: .plain)
            .append(value, of: bytes, decodesReferences: true, isInAttribute: true, to: &decoded)
        return decoded
    }
}
