import Markup
import Storage

/// The words of a post as they are in the search index.
enum SearchText {
    /// Bytes of a post's text that are indexed; what comes after is found by nobody.
    private static let mostBytes = 32_768

    /// The text without markup, cut for the index, and what else the post is found by.
    static func words(of post: SearchedPost) -> String {
        let text = PlainText.text(post.content) + "\n" + post.parts
        let bounded =
            text.utf8.count <= mostBytes ? text : String(decoding: text.utf8.prefix(mostBytes), as: UTF8.self)
        let link = hasLink(post.content.utf8) ? " " + SearchMark.link.word : ""
        return "\(Bigrams.cut(bounded)) \(post.marks)\(link)"
    }

    /// The words of a handle or name.
    static func words(ofPerson text: String) -> String {
        Bigrams.cut(text)
    }

    /// Whether the HTML has a link that is neither a mention nor a hashtag.
    static func hasLink(_ html: String.UTF8View) -> Bool {
        var rest = html[...]
        while let begin = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[begin...].dropFirst()
            guard rest.starts(with: "a ".utf8) else { continue }
            let tag = rest.prefix { $0 != UInt8(ascii: ">") }
            if !contains(tag, "mention") && !contains(tag, "hashtag") { return true }
        }
        return false
    }

    private static func contains(_ tag: Substring.UTF8View, _ word: String) -> Bool {
        guard let first = word.utf8.first else { return true }
        return tag.indices.contains { tag[$0] == first && tag[$0...].starts(with: word.utf8) }
    }
}
