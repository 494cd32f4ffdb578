import HTTP
import JSON
import Markup

/// A page of posts, the newest first, and the ways to newer and older ones. It stays small whatever the posts are:
/// texts are cut earlier, and what has no room even then comes on the next page.
struct Timeline {
    /// Bytes of the markup of all posts on a page: with frame and style it stays below 60 KB.
    static let room = 54_000 - Stylesheet.text.utf8.count
    /// Bytes of one post's text that are always shown.
    private static let least = 150

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

    /// The posts, their texts cut as late as there is room for all of them.
    private static func pieces(_ posts: [Post], _ markup: OwnerPosts) -> ArraySlice<HTML> {
        let texts = posts.map { $0.shown.content.text.utf8.count }
        var markup = markup
        var pieces = posts.map { markup.html($0) }
        // What a cut saves is known roughly, so it is looked at again.
        for _ in 0..<3 {
            let excess = pieces.reduce(-room) { $0 + $1.text.utf8.count }
            guard excess > 0, markup.cut > least else { break }
            markup.cut = cut(texts, to: shown(texts, cut: markup.cut) - excess, below: markup.cut)
            pieces = posts.map { markup.html($0) }
        }
        return pieces[...]
    }

    /// The longest cut with which so much of texts of these lengths is shown, all in bytes.
    static func cut(_ texts: [Int], to bytes: Int, below cut: Int) -> Int {
        var fits = least
        var tooLong = cut
        while tooLong - fits > 1 {
            let middle = (fits + tooLong) / 2
            if shown(texts, cut: middle) <= bytes { fits = middle } else { tooLong = middle }
        }
        return fits
    }

    private static func shown(_ texts: [Int], cut: Int) -> Int {
        texts.reduce(0) { $0 + (OwnerText.isLong($1, cut: cut) ? cut + OwnerText.more : $1) }
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
