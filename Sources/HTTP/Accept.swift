/// What a client would like to get, RFC 9110 section 12.5.1.
package struct Accept: Sendable {
    private struct Wish {
        var type: MediaType
        /// The weight in thousandths, 0 to 1000.
        var weight: Int
    }

    /// Whether to answer with the activity rather than the page about it.
    ///
    /// True if an ActivityPub type is acceptable at all, or plain JSON at least as much as HTML. A wildcard
    /// alone means a page.
    package let prefersActivity: Bool

    package init(_ header: String?) {
        let wishes = Accept.wishes(header)
        prefersActivity =
            wishes.contains { $0.weight > 0 && Accept.isActivity($0.type) }
            || Accept.prefersJSON(wishes)
    }

    private static func wishes(_ header: String?) -> [Wish] {
        guard let header else { return [] }
        return QuotedText.split(Array(header.utf8)[...], ASCII.comma).compactMap { part in
            MediaType(part).map { Wish(type: $0, weight: weight($0["q"])) }
        }
    }

    /// The profile may be missing here, unlike in a document's own type: asking is harmless.
    private static func isActivity(_ type: MediaType) -> Bool {
        type.isActivity || (type.essence == "application/ld+json" && type["profile"] == nil)
    }

    private static func prefersJSON(_ wishes: [Wish]) -> Bool {
        guard let json = wishes.firstIndex(where: { $0.type.essence == "application/json" && $0.weight > 0 })
        else {
            return false
        }
        guard let html = wishes.firstIndex(where: { $0.type.essence == "text/html" }) else { return true }
        let (ours, theirs) = (wishes[json].weight, wishes[html].weight)
        return ours > theirs || (ours == theirs && json < html)
    }

    /// `0.8` as 800. What is no weight counts as none given, which is 1.
    private static func weight(_ text: String?) -> Int {
        guard let text else { return 1_000 }
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first.flatMap({ $0.isEmpty ? 0 : ASCII.decimal($0) }) else {
            return 1_000
        }
        var weight = whole == 0 ? 0 : 1_000
        if weight == 0, parts.count == 2 {
            var place = 100
            for digit in parts[1].prefix(3) {
                guard ASCII.isDigit(digit) else { return 1_000 }
                weight += Int(digit &- 48) * place
                place /= 10
            }
        }
        return weight
    }
}
