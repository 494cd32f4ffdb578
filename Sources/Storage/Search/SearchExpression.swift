/// What is looked for in an index, in the language of FTS5, <https://www.sqlite.org/fts5.html#full_text_query_syntax>.
///
/// Every part is a quoted string, in which nothing has a meaning but the quote, which is doubled: what people type
/// cannot become syntax.
package struct SearchExpression: Equatable, Sendable {
    private var wanted: [String] = []
    private var unwanted: [String] = []

    package init() {}

    /// Adds words that must, or must not, stand there one after the other.
    ///
    /// - Parameter isBeginning: whether the last one may go on.
    package mutating func add(_ words: String, isBeginning: Bool = false, isUnwanted: Bool = false) {
        // FTS5 reads the expression as far as the first NUL.
        let text = words.replacing("\0", with: " ").replacing("\"", with: "\"\"")
        let part = "\"\(text)\"" + (isBeginning ? "*" : "")
        if isUnwanted { unwanted.append(part) } else { wanted.append(part) }
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
