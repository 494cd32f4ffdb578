/// Where a page says that its author also is: its links with `rel="me"`, <https://microformats.org/wiki/rel-me>.
package enum RelMe {
    /// More links than anybody has; the rest of the page is not looked at.
    private static let most = 256

    /// The addresses as they stand in the page, character references decoded.
    package static func links(in page: [UInt8]) -> [String] {
        var tokenizer = Tokenizer(page)
        var found: [String] = []
        while found.count < most, let token = tokenizer.next() {
            // `link` is none of the elements that are known by name.
            guard case .start(let element) = token, element == .a || element == .other,
                let relation = tokenizer.attribute("rel"), let href = tokenizer.attribute("href"),
                says(me: tokenizer.bytes[relation])
            else { continue }
            found.append(String(decoding: tokenizer.decoded(href), as: UTF8.self))
        }
        return found
    }

    private static func says(me relation: ArraySlice<UInt8>) -> Bool {
        relation.split(whereSeparator: isSpace).contains { word in
            word.lazy.map(lowercased).elementsEqual("me".utf8)
        }
    }
}
