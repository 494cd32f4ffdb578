import HTTP
import Markup

/// A page of posts, the newest first, and the ways to newer and older ones. It stays small whatever the posts are:
/// what has no room any more comes on the next page.
struct Timeline {
    /// Bytes of the markup of all posts on a page: with frame and style sheet it stays below 60 KB.
    static let room = 44_000

    let html: HTML
    /// Of the posts that have been shown.
    let shown: [Post]

    /// - Parameters:
    ///   - base: the page's address, with the items of its query that stay.
    ///   - cursorIsPost: whether the list goes by the ids of its posts, so that a page can end anywhere.
    ///   - empty: what stands there when there is nothing.
    ///   - isShown: whether a post that no filter hides is shown.
    init(
        _ answer: Answer, at base: String, _ visit: Visit, _ posts: OwnerPosts, cursorIsPost: Bool = true,
        empty: HTML = "<p>There is nothing here.</p>\n", where isShown: (Post) -> Bool = { _ in true }
    ) {
        let wanted = answer.elements.map(Post.init).filter { !posts.hides($0) && isShown($0) }
        // Who goes towards the newest must not miss the older ones.
        let isUpwards = visit.request.target.queryItems().contains { $0.0 == "min_id" }
        let room = cursorIsPost ? Timeline.room : .max
        var answer = answer
        var used = 0
        var pieces: [HTML] = []
        var shown: [Post] = []
        for post in isUpwards ? wanted.reversed() : wanted {
            let piece = posts.html(post)
            used += piece.text.utf8.count
            if let last = shown.last, used > room {
                if isUpwards {
                    answer.newer = ("min_id", last.id)
                } else {
                    answer.older = ("max_id", last.id)
                }
                break
            }
            pieces.append(piece)
            shown.append(post)
        }
        if isUpwards { pieces.reverse() }
        self.shown = isUpwards ? shown.reversed() : shown
        html = (pieces.isEmpty ? empty : pieces.joined()) + Cursor.ways(answer, at: base)
    }
}
