/// What is looked for in an index, in the language of FTS5, <https://www.sqlite.org/fts5.html#full_text_query_syntax>.
///
/// Every part is a quoted string, in which nothing has a meaning but the quote, which is doubled: what people type
/// cannot become syntax.
package struct SearchExpression: Equatable, Sendable {
    private var wanted: [String] = []
    private var unwanted: [String] = []
    private var words = 0

    /// Words that must follow one another, and all words of one expression; the rest is left out. FTS5 compares the
    /// places of all of them in every post that has them.
    private static let mostInPart = 16
    private static let most = 48

    package init() {}

    /// Adds words that must, or must not, stand there one after the other.
    ///
    /// - Parameter isBeginning: whether the last one may go on.
    package mutating func add(_ words: String, isBeginning: Bool = false, isUnwanted: Bool = false) {
        // FTS5 reads the expression as far as the first NUL.
        let text = cut(words).replacing("\0", with: " ").replacing("\"", with: "\"\"")
        let part = "\"\(text)\"" + (isBeginning ? "*" : "")
        if isUnwanted { unwanted.append(part) } else { wanted.append(part) }
    }

    /// As many of these words as there is room for.
    private mutating func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let most = min(SearchExpression.mostInPart, SearchExpression.most - words)
        var count = 0
        var isInside = false
        for index in scalars.indices {
            let isWord =
                scalars[index].properties.isAlphabetic || scalars[index].properties.numericType != nil
            if isWord && !isInside { count += 1 }
            isInside = isWord
            guard count > most else { continue }
            words += most
            return String(scalars[..<index])
        }
        words += count
        return text
    }

    package mutating func add(_ mark: SearchMark, isUnwanted: Bool = false) {
        add(mark.word, isUnwanted: isUnwanted)
    }

    /// Nil when nothing is wanted: what only leaves out would find nearly everything.
    var text: String? {
        guard !wanted.isEmpty else { return nil }
        let all = "(\(wanted.joined(separator: " ")))"
        return unwanted.isEmpty ? all : "\(all) NOT (\(unwanted.joined(separator: " OR ")))"
    }
}
