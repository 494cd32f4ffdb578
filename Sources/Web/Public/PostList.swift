import Markup

/// A page of posts with the ways to newer and older ones.
struct PostList {
    let posts: [Post]
    let answer: Answer
    /// Whether it is the first page.
    let isFirst: Bool
    let base: String
    let markup: PostMarkup

    var html: HTML {
        guard !posts.isEmpty else {
            return isFirst
                ? "<p>Nothing has been posted yet.</p>\n"
                : "<p>There is nothing more.</p>\n\(Cursor.ways(answer, at: base))"
        }
        var answer = answer
        if isFirst { answer.newer = nil }
        return posts.map { markup.html($0) }.joined() + Cursor.ways(answer, at: base)
    }
}
