/// The `RE:` line that stands in a post for those who cannot show what it quotes:
/// `<p class="quote-inline">RE: <a href="…">…</a></p>`, or the same with a `span`.
/// <https://w3id.org/fep/044f>
package enum QuoteFallback {
    private static let mark = Array("class=\"quote-inline\"".utf8)

    /// The post without its first such line, and without a line break that set it apart.
    ///
    /// - Parameter html: as `Sanitizer` wrote it; what is not so formed stays as it is.
    package static func removed(from html: String) -> String {
        var html = html
        let cut = html.withUTF8 { bytes in range(in: bytes) }
        guard let cut else { return html }
        let utf8 = Array(html.utf8)
        return String(decoding: utf8[..<cut.lowerBound] + utf8[cut.upperBound...], as: UTF8.self)
    }

    /// Where the first such line is.
    static func range(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard let place = find(mark[...], in: bytes, from: 0) else { return nil }
        guard let start = bytes[..<place].lastIndex(of: UInt8(ascii: "<")) else { return nil }
        for name in ["p", "span"] {
            let tag = Array("<\(name)".utf8)
            guard bytes[start...].starts(with: tag), start + tag.count < place,
                bytes[start + tag.count] == UInt8(ascii: " "),
                !bytes[start..<place].contains(UInt8(ascii: ">")),
                let end = end(of: name, in: bytes, from: place)
            else { continue }
            return start..<afterBreaks(in: bytes, from: end)
        }
        return nil
    }

    /// Behind the end tag that closes an element of this name which began before `start`.
    private static func end(
        of name: String, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        let opening = Array("<\(name)".utf8)
        let closing = Array("</\(name)>".utf8)
        var depth = 1
        var place = start
        while place < bytes.count {
            guard let next = bytes[place...].firstIndex(of: UInt8(ascii: "<")) else { return nil }
            place = next
            if bytes[place...].starts(with: closing) {
                place += closing.count
                depth -= 1
                if depth == 0 { return place }
            } else if bytes[place...].starts(with: opening) {
                let following = place + opening.count
                if following < bytes.count, " >".utf8.contains(bytes[following]) { depth += 1 }
                place = following
            } else {
                place += 1
            }
        }
        return nil
    }

    private static func afterBreaks(in bytes: UnsafeBufferPointer<UInt8>, from end: Int) -> Int {
        let tag = Array("<br>".utf8)
        var place = end
        while bytes[place...].starts(with: tag) { place += tag.count }
        return place
    }

    private static func find(
        _ wanted: ArraySlice<UInt8>, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        guard let first = wanted.first else { return nil }
        var place = start
        while let next = bytes[place...].firstIndex(of: first) {
            if bytes[next...].starts(with: wanted) { return next }
            place = next + 1
        }
        return nil
    }
}
