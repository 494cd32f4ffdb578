package import Storage

/// What an import would do, to be said before it is done.
package struct ImportPlan: Sendable {
    package let kind: ConnectionKind
    /// Lines that ask for something, and how many of them cannot be read.
    package let lines: Int
    package let unreadable: Int
    /// Connections that are not in the file and would be undone at the end; nil when nothing is to be replaced.
    package let undone: Int?
    /// Whether they may be fewer, because the file names people by addresses that their servers have to be asked about.
    package let isAtMost: Bool

    /// A few plain sentences.
    package var sentences: String {
        var text = "Lines of \(kind.words) in the file: \(lines)."
        if unreadable > 0 { text += " Of these \(unreadable) cannot be read; the report will say why." }
        guard let undone else { return text + " What is here already stays." }
        if undone == 0 { return text + " All that is here is in the file too, so nothing will be undone." }
        return text
            + " Here but not in the file are \(isAtMost ? "at most " : "")\(undone), which will be undone when the lines are done."
    }
}
