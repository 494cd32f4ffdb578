import Markup

/// As many posts as a page has room for; the rest is on the next one.
///
/// A page with its style is to stay under 60 KB, whatever people write.
struct PageRoom {
    /// Bytes of markup for the posts of a page.
    static let bytes = 32_000

    private(set) var html = HTML()
    /// How many of the posts are shown.
    private(set) var count = 0

    /// - Parameter room: in bytes; one post is shown however long it is.
    init(_ posts: [Post], room: Int = PageRoom.bytes, _ markup: (Post) -> HTML) {
        for post in posts {
            let next = markup(post)
            guard count == 0 || html.text.utf8.count + next.text.utf8.count <= room else { return }
            html += next
            count += 1
        }
    }
}
