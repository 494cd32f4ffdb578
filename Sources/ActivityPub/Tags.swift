import JSON

/// Mentions and hashtags among the tags of a post; emojis are read by `Emoji`.
struct Tags {
    var mentions: [(href: String, name: String?)] = []
    /// Without `#`, as they came.
    var hashtags: [String] = []

    init(_ document: JSONValue) {
        guard let tags = document["tag"] else { return }
        for tag in tags.asArray {
            let types = tag.types
            if types.contains("Mention") {
                guard mentions.count < NoteDocument.Limits.mentions, let href = Tags.href(tag) else {
                    continue
                }
                mentions.append((href, tag.text("name")))
            } else if types.contains("Hashtag") {
                guard hashtags.count < NoteDocument.Limits.hashtags else { continue }
                if let name = tag.text("name").flatMap(Tags.bare) { hashtags.append(name) }
            }
        }
    }

    private static func href(_ tag: JSONValue) -> String? {
        guard let href = tag["href"]?.firstID, href.utf8.count <= ObjectID.longest else { return nil }
        return href
    }

    /// The name without its mark; nil when nothing or too much remains.
    private static func bare(_ name: String) -> String? {
        var rest = Substring(name)
        if let first = rest.first, first == "#" || first == "\u{FF03}" { rest.removeFirst() }
        guard 1...400 ~= rest.utf8.count, !rest.contains(where: { $0.isWhitespace || $0 == "#" }) else {
            return nil
        }
        return String(rest)
    }
}
