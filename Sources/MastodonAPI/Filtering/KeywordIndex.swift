import Markup

/// Finds which of many keywords occur in a text, in one pass over it whatever their number.
///
/// Keywords are chained by their first two bytes (by the only one where they are that short), so that at each byte
/// of the text only the few that begin so are compared. Upper and lower case are one. A keyword that must be a
/// whole word needs the border of a word where it begins or ends with a character of words, and only there:
/// `#tag` and `c++` can be whole words too, as at Mastodon.
struct KeywordIndex: Sendable {
    private struct Keyword {
        let bytes: [UInt8]
        let startsWord: Bool
        let endsWord: Bool
        /// The next one of the chain, -1 for none.
        var next: Int
    }

    private static let buckets = 1_024

    private var keywords: [Keyword] = []
    private var singles = [Int](repeating: -1, count: 256)
    private var pairs = [Int](repeating: -1, count: buckets)

    /// - Parameter keywords: none of them empty; what `matches` returns are places in this list.
    init(_ keywords: [(text: String, isWholeWord: Bool)]) {
        for (text, isWholeWord) in keywords {
            let bytes = KeywordIndex.folded(text)
            let place = self.keywords.count
            var next = -1
            if bytes.count > 1 {
                let bucket = KeywordIndex.bucket(bytes[0], bytes[1])
                next = pairs[bucket]
                pairs[bucket] = place
            } else if let byte = bytes.first {
                next = singles[Int(byte)]
                singles[Int(byte)] = place
            }
            let scalars = text.unicodeScalars
            self.keywords.append(
                Keyword(
                    bytes: bytes, startsWord: isWholeWord && scalars.first?.isWord == true,
                    endsWord: isWholeWord && scalars.last?.isWord == true, next: next))
        }
    }

    var isEmpty: Bool { keywords.isEmpty }

    /// The text as it is compared: UTF-8 without capital letters.
    static func folded(_ text: String) -> [UInt8] {
        var bytes = Array(text.utf8)
        if bytes.contains(where: { $0 >= 0x80 }) { return Array(text.lowercased().utf8) }
        for index in bytes.indices where 0x41...0x5A ~= bytes[index] { bytes[index] |= 0x20 }
        return bytes
    }

    /// The places of the keywords that occur, in order.
    ///
    /// - Parameter text: as `folded` makes it.
    func matches(in text: [UInt8]) -> [Int] {
        var found: Set<Int> = []
        for start in text.indices {
            var place = singles[Int(text[start])]
            while place >= 0 {
                if occurs(place, in: text, at: start) { found.insert(place) }
                place = keywords[place].next
            }
            guard start + 1 < text.count else { break }
            place = pairs[KeywordIndex.bucket(text[start], text[start + 1])]
            while place >= 0 {
                if occurs(place, in: text, at: start) { found.insert(place) }
                place = keywords[place].next
            }
        }
        return found.sorted()
    }

    private static func bucket(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) &* 33 &+ Int(second)) & (buckets - 1)
    }

    private func occurs(_ place: Int, in text: [UInt8], at start: Int) -> Bool {
        let bytes = keywords[place].bytes
        guard bytes.count <= text.count - start else { return false }
        for index in bytes.indices where text[start + index] != bytes[index] { return false }
        let end = start + bytes.count
        if keywords[place].startsWord, KeywordIndex.isWord(before: start, in: text) { return false }
        if keywords[place].endsWord, KeywordIndex.isWord(from: end, in: text) { return false }
        return true
    }

    private static func isWord(before end: Int, in text: [UInt8]) -> Bool {
        guard end > 0 else { return false }
        var start = end - 1
        while start > 0, end - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
        return isWord(text[start..<end])
    }

    private static func isWord(from start: Int, in text: [UInt8]) -> Bool {
        isWord(text[start..<min(start + 4, text.count)])
    }

    private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
        String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.isWord ?? false
    }
}
