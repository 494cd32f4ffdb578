import JSON

/// All tags of a document in one look: mentions, hashtags, emojis, and the link that is a quote.
struct Tags {
    var mentions: [(href: String, name: String?)] = []
    /// Without `#`, as they came.
    var hashtags: [String] = []
    /// Each shortcode once, without colons.
    var emojis: [(shortcode: String, url: String)] = []
    /// The post that a Link of FEP-e232 quotes.
    var quote: String?

    /// Most tags that are looked at; more than all that are kept together.
    private static let most = 1_000

    init(_ document: JSONValue) {
        guard let tags = document["tag"] else { return }
        var shortcodes: Set<String> = []
        for tag in tags.asArray.prefix(Tags.most) {
            switch tag.types.first(where: Tags.kinds.contains) {
            case "Mention":
                guard mentions.count < NoteDocument.Limits.mentions, let href = Tags.href(tag) else { break }
                mentions.append((href, tag.name("name")))
            case "Hashtag":
                guard hashtags.count < NoteDocument.Limits.hashtags else { break }
                if let name = tag.name("name").flatMap(Tags.bare) { hashtags.append(name) }
            case "Emoji":
                guard emojis.count < Emoji.most, let emoji = Emoji.read(tag),
                    shortcodes.insert(emoji.shortcode).inserted
                else { break }
                emojis.append(emoji)
            case "Link":
                if quote == nil, Tags.isQuote(tag) { quote = tag["href"].flatMap(Quote.address) }
            default: break
            }
        }
    }

    private static let kinds = ["Mention", "Hashtag", "Emoji", "Link"]

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

    /// Links to objects are no quotes by themselves: the relation says so, or the text `RE:` that it stands for.
    private static func isQuote(_ tag: JSONValue) -> Bool {
        guard Vocabulary.isDocumentType(tag["mediaType"]?.string) else { return false }
        let relations = tag["rel"]?.ids() ?? []
        if relations.isEmpty {
            return tag.text("name")?.utf8.prefix(3).elementsEqual("RE:".utf8) ?? true
        }
        return relations.contains {
            $0 == "https://misskey-hub.net/ns#_misskey_quote" || $0 == "https://w3id.org/fep/044f#quote"
        }
    }
}
