extension Context {
    /// Those of the terms of notes that stand in an object of ours, as key or as type.
    ///
    /// Quotes inside texts are escaped, so that only whole strings match; one too many does no harm.
    package init(of object: [UInt8]) {
        self.init()
        var rest = object[...]
        while let quote = rest.firstIndex(of: UInt8(ascii: "\"")) {
            rest = rest[(quote + 1)...]
            for (term, name) in Context.noteTerms where rest.starts(with: name.utf8) { insert(term) }
        }
    }

    private static let noteTerms: [(Context, String)] = [
        (.sensitive, "sensitive\""), (.hashtag, "Hashtag\""), (.conversation, "conversation\""),
        (.emoji, "Emoji\""), (.blurhash, "blurhash\""), (.focalPoint, "focalPoint\""),
    ]
}
