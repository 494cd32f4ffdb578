import Markup

/// A page of posts with the ways to newer and older ones.
struct PostList {
    let posts: [Post]
    let answer: Answer
    let cursor: PublicCursor
    let base: String
    let markup: PostMarkup

    var html: HTML {
        guard !posts.isEmpty else {
            return cursor.isFirst
                ? "<p>Nothing has been posted yet.</p>\n"
                : "<p>There is nothing more.</p>\n\(Cursor.ways(answer, at: base))"
        }
        let room = PageRoom(posts) { markup.html($0) }
        var answer = answer
        if cursor.isFirst { answer.newer = nil }
        if room.count < posts.count { answer.older = ("max_id", posts[room.count - 1].id) }
        return room.html + Cursor.ways(answer, at: base)
    }
}
