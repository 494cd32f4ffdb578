import Federation
import HTTP
import Markup

/// Posts for feed readers, before the form is chosen.
struct Feed {
    let title: String
    /// The page with the same posts.
    let page: String
    let address: String
    let author: Person
    let handle: String
    let posts: [Post]
    let identity: Identity
    let version: String
    let words: Words

    func bytes(_ kind: FeedKind) -> [UInt8] {
        Feed.permitted((kind == .atom ? atom : rss).bytes)
    }

    /// When something last changed, ISO 8601; an empty feed is as old as the account.
    var updated: String {
        posts.map { Moment.seconds($0.editedAt ?? $0.createdAt) }.max()
            ?? Moment.seconds(author.json.text("created_at"))
    }

    /// A name for a post, which has none of its own.
    func title(of post: Post) -> String {
        if !post.warning.isEmpty { return post.warning }
        let text = PlainText.inline(post.content.text)
        if !text.isEmpty { return text.count > 80 ? text.prefix(79) + "\u{2026}" : text }
        return "\(words.title(.post)) of \(post.createdAt.prefix(10))"
    }

    func link(to post: Post) -> String { "\(identity.profile)/\(post.id)" }

    /// Control characters cannot stand in XML 1.0 (section 2.2), not even as references, nor can U+FFFE and U+FFFF.
    private static func permitted(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        for byte in bytes {
            let isControl = byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0D
            if isControl { continue }
            kept.append(byte)
            let isLast = byte == 0xBE || byte == 0xBF
            if isLast, kept.count >= 3, kept[kept.count - 3] == 0xEF, kept[kept.count - 2] == 0xBF {
                kept.removeLast(3)
            }
        }
        return kept
    }
}
