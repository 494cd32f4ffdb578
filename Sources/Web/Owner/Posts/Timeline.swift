import HTTP
import JSON
import Markup

/// A page of posts, the newest first, and the ways to newer and older ones. It stays small whatever the posts are:
/// texts are cut earlier, and what has no room even then comes on the next page.
struct Timeline {
    /// Bytes of the markup of all posts on a page: with frame and style it stays below 60 KB.
    static let room = 54_000 - Stylesheet.text.utf8.count
    /// Bytes of one post's text: the longest with which there is room for all.
    private static let cuts = [OwnerText.cut, 450, 250, 150]

    let html: HTML
    /// The newest post of the page.
    let newest: String?

    /// - Parameters:
    ///   - base: the page's address, with the items of its query that stay.
    ///   - cursorIsPost: whether the list goes by the ids of its posts, so that a page can end anywhere.
    ///   - empty: what stands there when there is nothing.
    ///   - isShown: whether a post that no filter hides is shown.
    init(
        _ answer: Answer, at base: String, _ visit: Visit, _ posts: OwnerPosts, cursorIsPost: Bool = true,
        empty: HTML = "<p class=\"empty\">There is nothing here.</p>\n",
        where isShown: (Post) -> Bool = { _ in true }
    ) {
        let wanted = answer.elements.map(Post.init).filter { !posts.hides($0) && isShown($0) }
        var pieces = Timeline.pieces(wanted, posts)
        var answer = answer
        if cursorIsPost {
            // Who goes towards the newest must not miss the older ones.
            let isUpwards = visit.request.target.queryItems().contains { $0.0 == "min_id" }
            let kept = Timeline.kept(isUpwards ? Array(pieces.reversed()) : Array(pieces))
            if kept < pieces.count, kept > 0 {
                if isUpwards {
                    answer.newer = ("min_id", wanted[wanted.count - kept].id)
                    pieces = pieces.suffix(kept)
                } else {
                    answer.older = ("max_id", wanted[kept - 1].id)
                    pieces = pieces.prefix(kept)
                }
            }
        }
        newest = answer.elements.first?.text("id")
        html = (pieces.isEmpty ? empty : pieces.joined()) + Cursor.ways(answer, at: base)
    }

    private static func pieces(_ posts: [Post], _ markup: OwnerPosts) -> ArraySlice<HTML> {
        var pieces: [HTML] = []
        for cut in cuts {
            var markup = markup
            markup.cut = cut
            pieces = posts.map { markup.html($0) }
            if kept(pieces) == pieces.count { break }
        }
        return pieces[...]
    }

    /// How many of these have room on a page: one at least.
    private static func kept(_ pieces: some Collection<HTML>) -> Int {
        var used = 0
        var kept = 0
        for piece in pieces {
            used += piece.text.utf8.count
            if used > room && kept > 0 { break }
            kept += 1
        }
        return kept
    }
}
