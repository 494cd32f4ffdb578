/// The first link of a post that leads to a page which is worth a preview.
///
/// Asked of every post that is shown, so it is one pass over the bytes, with no list of what it passes.
package enum LinkInText {
    /// Longest address, in bytes; longer ones get no preview.
    package static let longest = 2_048

    /// The address of the first link that is no mention, no hashtag, not in the line that stands for a quote, and not
    /// refused by `isWanted`; character references decoded. Mastodon passes over the same links.
    ///
    /// - Parameter html: as `Sanitizer` or `PostText` wrote it; where it is not so formed, links are missed.
    package static func first(
        in html: String, where isWanted: (String) -> Bool = { _ in true }
    ) -> String? {
        var html = html
        return html.withUTF8 { bytes in
            var reader = Reader(bytes: bytes)
            while let address = reader.next() {
                let text = decoded(address)
                if isWanted(text) { return text }
            }
            return nil
        }
    }

    private static func decoded(_ address: UnsafeBufferPointer<UInt8>) -> String {
        guard address.contains(UInt8(ascii: "&")) else { return String(decoding: address, as: UTF8.self) }
        let bytes = Array(address)
        var out: [UInt8] = []
        TextWriter(target: .plain).append(
            bytes.indices, of: bytes, decodesReferences: true, isInAttribute: true, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        private var place = 0
        /// Looked for when there is a link at all.
        private var quote: Range<Int>??

        init(bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
        }

        /// The address of the next link that may be a page's.
        mutating func next() -> UnsafeBufferPointer<UInt8>? {
            while let start = nextAnchor() {
                guard let end = endOfTag(from: start) else { return nil }
                place = end + 1
                guard let address = value(of: "href", in: start..<end), isWeb(address),
                    address.count <= LinkInText.longest, !isNamed(start..<end), !isSign(at: place)
                else { continue }
                if let quote = quoteLine(), quote.contains(start) {
                    place = max(place, quote.upperBound)
                    continue
                }
                return UnsafeBufferPointer(rebasing: bytes[address])
            }
            return nil
        }

        /// Behind the name of the next `a`.
        private mutating func nextAnchor() -> Int? {
            while place + 3 < bytes.count {
                defer { place += 1 }
                if bytes[place] == UInt8(ascii: "<"), bytes[place + 1] == UInt8(ascii: "a"),
                    bytes[place + 2] == 0x20
                {
                    return place + 3
                }
            }
            return nil
        }

        /// The `>` outside of quotes.
        private func endOfTag(from start: Int) -> Int? {
            var isQuoted = false
            for index in start..<bytes.count {
                if bytes[index] == UInt8(ascii: "\"") {
                    isQuoted.toggle()
                } else if bytes[index] == UInt8(ascii: ">"), !isQuoted {
                    return index
                }
            }
            return nil
        }

        /// What stands between the quotes of an attribute.
        private func value(of name: StaticString, in tag: Range<Int>) -> Range<Int>? {
            var index = tag.lowerBound
            while index < tag.upperBound {
                if bytes[index] == 0x20 {
                    index += 1
                    continue
                }
                let start = index
                while index < tag.upperBound, bytes[index] != UInt8(ascii: "="), bytes[index] != 0x20 {
                    index += 1
                }
                let isIt = equals(start..<index, name)
                guard index + 1 < tag.upperBound, bytes[index] == UInt8(ascii: "="),
                    bytes[index + 1] == UInt8(ascii: "\"")
                else {
                    // What begins with an equals sign is no name.
                    if index == start { index += 1 }
                    continue
                }
                let first = index + 2
                index = first
                while index < tag.upperBound, bytes[index] != UInt8(ascii: "\"") { index += 1 }
                if isIt { return first..<index }
                index += 1
            }
            return nil
        }

        private func isWeb(_ address: Range<Int>) -> Bool {
            starts(address, with: "https://") || starts(address, with: "http://")
        }

        /// Whether the classes or the relation say that the link names somebody or a hashtag.
        private func isNamed(_ tag: Range<Int>) -> Bool {
            if let classes = value(of: "class", in: tag),
                has("mention", in: classes) || has("hashtag", in: classes) || has("u-url", in: classes)
                    || has("h-card", in: classes)
            {
                return true
            }
            return value(of: "rel", in: tag).map { has("tag", in: $0) } ?? false
        }

        /// Whether one of the words between spaces is this one.
        private func has(_ word: StaticString, in list: Range<Int>) -> Bool {
            var start = list.lowerBound
            while start < list.upperBound {
                var end = start
                while end < list.upperBound, bytes[end] != 0x20 { end += 1 }
                if equals(start..<end, word) { return true }
                start = end + 1
            }
            return false
        }

        /// Whether the text of the link begins as a handle or hashtag does; not all servers say it otherwise.
        private func isSign(at index: Int) -> Bool {
            guard index < bytes.count else { return false }
            return bytes[index] == UInt8(ascii: "@") || bytes[index] == UInt8(ascii: "#")
        }

        private mutating func quoteLine() -> Range<Int>? {
            if let quote { return quote }
            let found = QuoteFallback.range(in: bytes)
            quote = .some(found)
            return found
        }

        private func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
            range.count == text.utf8CodeUnitCount && starts(range, with: text)
        }

        private func starts(_ range: Range<Int>, with text: StaticString) -> Bool {
            guard range.count >= text.utf8CodeUnitCount else { return false }
            for offset in 0..<text.utf8CodeUnitCount
            where bytes[range.lowerBound + offset] != text.utf8Start[offset] {
                return false
            }
            return true
        }
    }
}
