import Markup

/// What the owner can do with a post, as links and small forms.
struct PostActions: Sendable {
    /// The session's proof that a form is ours.
    let token: FormToken
    /// The page that the owner comes back to.
    let back: String
    let identityName: String

    func html(_ post: Post) -> HTML {
        let shown = post.shown
        var parts: [HTML] = [
            "<a href=\"/home/write?reply=\(shown.id)\">Reply</a>"
        ]
        if shown.visibility != "direct" && (shown.visibility != "private" || isOwn(shown)) {
            parts.append(
                shown.isBoosted
                    ? button("unreblog", "Boosted", shown, on: true) : button("reblog", "Boost", shown))
        }
        parts.append(
            shown.isFavourited
                ? button("unfavourite", "Favourited", shown, on: true)
                : button("favourite", "Favourite", shown))
        parts.append(
            shown.isBookmarked
                ? button("unbookmark", "Bookmarked", shown, on: true) : button("bookmark", "Bookmark", shown))
        return "<div class=\"actions\">\n\(parts.joined(separator: "\n"))\n</div>\n"
    }

    /// The form to vote with; nil where there is nothing to choose.
    func ballot(_ poll: PollResult, of post: Post) -> HTML? { nil }

    private func isOwn(_ post: Post) -> Bool { post.author.acct == identityName }

    private func button(_ act: String, _ label: String, _ post: Post, on: Bool = false) -> HTML {
        let pressed: HTML = on ? "true" : "false"
        return """
            <form method="post" action="/home/posts/\(post.id)/\(act)">\(token.field)<input type="hidden" name="back" \
            value="\(back)#post-\(post.id)"><button type="submit" aria-pressed="\(pressed)">\(label)</button></form>
            """
    }
}
