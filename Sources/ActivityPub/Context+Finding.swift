extension Context {
    /// Those of the terms of notes that stand in an object of ours, as key or as type.
    ///
    /// Quotes inside texts are escaped, so that only whole strings match; one too many does no harm.
    package init(of object: [UInt8]) {
        self.init()
        var rest = object[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            let word = rest[..<quote]
            if Context.lengths.contains(word.count) {
                for (term, name) in Context.noteTerms where name.count == word.count {
                    if word.elementsEqual(name) { insert(term) }
                }
            }
            rest = rest[(quote + 1)...]
        }
    }

    private static let noteTerms: [(term: Context, name: [UInt8])] = terms.compactMap { entry in
        sought.contains(entry.term) ? (entry.term, Array(entry.name.utf8)) : nil
    }

    /// The lengths from the shortest to the longest name: most strings are longer or shorter.
    private static let lengths: ClosedRange<Int> = {
        let lengths = noteTerms.map(\.name.count)
        return (lengths.min() ?? 0)...(lengths.max() ?? 0)
    }()

    private static let sought: Context = [
        .note, .votersCount, .quote, .quoteUri, .quoteUrl, .misskeyQuote, .quoteAuthorization, .quoteRequest,
        .quoteAuthorizationType, .interactingObject, .interactionTarget, .interactionPolicy, .canQuote,
        .canReply,
        .canLike, .canAnnounce, .automaticApproval, .manualApproval, .emojiReact, .misskeyReaction,
    ]
}
