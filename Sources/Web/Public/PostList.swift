import Markup

/// A page of posts with the ways to newer and older ones.
struct PostList {
    let posts: [Post]
    let answer: Answer
    let cursor: PublicCursor
    let base: String
    let markup: PostMarkup

    /// Whether there is nothing in the whole list, as far as this page knows.
    var isEmpty: Bool { posts.isEmpty && answer.older == nil }

    var html: HTML {
        var answer = answer
        guard !posts.isEmpty else {
            return "<p>\(excuse)</p>\n" + Cursor.ways(answer, at: base)
        }
        let room = PageRoom(posts) { markup.html($0) }
        if room.count < posts.count { answer.older = ("max_id", posts[room.count - 1].id) }
        return room.html + Cursor.ways(answer, at: base)
    }
    private var excuse: String {
        // Whom the owner blocked meanwhile leaves gaps.
        if answer.older != nil { return "What stood here is not shown any more." }
        return cursor.isFirst ? "Nothing has been posted yet." : "There is nothing more."
    }
}
