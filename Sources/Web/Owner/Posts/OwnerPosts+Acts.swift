import Markup

/// What the owner can do with a post, as links and buttons.
extension OwnerPosts {
    /// The form itself, which stands once on the page.
    static func form(_ token: FormToken, back: String) -> HTML {
        """
        <form id="acts" method="post" action="/home">\(token.field)<input type="hidden" name="back" value="\(back)"></form>

        """
    }

    func acts(_ post: Post, isMain: Bool) -> HTML {
        let shown = post.shown
        var parts: [HTML] = [
            "<a href=\"/home/write?reply=\(shown.id)\">\(words.title(.reply))\(number(shown.replies))</a>"
        ]
        if mayBoost(shown) {
            parts.append(toggle(post, "reblog", words.title(.boost), shown.boosts, isOn: shown.isBoosted))
        }
        parts.append(
            toggle(post, "favourite", words.title(.favourite), shown.favourites, isOn: shown.isFavourited))
        parts.append(toggle(post, "bookmark", words.title(.bookmark), 0, isOn: shown.isBookmarked))
        if isMain { parts += more(shown) }
        return "<p class=\"acts\">\(parts.joined(separator: "\n"))</p>"
    }

    /// What is rarely done stands on the post's own page only.
    private func more(_ post: Post) -> [HTML] {
        var parts: [HTML] = []
        if post.quoting == "automatic" || post.quoting == "manual" {
            parts.append("<a href=\"/home/write?quote=\(post.id)\">\(words.title(.quote))</a>")
        }
        parts.append(toggle(post, "mute", "Mute thread", 0, isOn: post.isMuted))
        guard isOwn(post) else { return parts }
        if post.visibility != "direct" {
            parts.append(toggle(post, "pin", "Pin to profile", 0, isOn: post.isPinned))
        }
        return parts + own(post)
    }

    private func own(_ post: Post) -> [HTML] {
        guard isOwn(post) else { return [] }
        return [
            "<a href=\"/home/write?edit=\(post.id)\">Edit</a>",
            "<a href=\"/home/posts/\(post.id)/delete\">Delete</a>",
        ]
    }

    /// Others' posts for few are not the owner's to spread.
    private func mayBoost(_ post: Post) -> Bool {
        switch post.visibility {
        case "direct": false
        case "private": isOwn(post)
        default: true
        }
    }

    /// A button that does something, or undoes it when it is done.
    private func toggle(_ post: Post, _ act: HTML, _ label: String, _ count: Int, isOn: Bool) -> HTML {
        let path: HTML = "/home/posts/\(post.id)/\(isOn ? "un" as HTML : HTML())\(act)"
        let pressed: HTML = isOn ? " aria-pressed=\"true\"" : HTML()
        return "<button form=\"acts\" formaction=\"\(path)\"\(pressed)>\(label)\(number(count))</button>"
    }

    /// Narrow screens show the number alone beside the sign.
    private func number(_ count: Int) -> HTML { count > 0 ? " <b>\(count)</b>" : HTML() }
}
