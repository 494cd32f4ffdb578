import Federation
import HTTP
import Markup
import Storage

/// Posts on a page of the owner's, where everything is opened here and can be acted upon.
///
/// Forty of them must fit into a small page, so the markup of one is short: the buttons of all belong to one form,
/// which the frame of the page holds, and addresses leave out the server.
struct OwnerPosts: Sendable {
    let identity: Identity
    let token: FormToken
    /// The page that the owner comes back to.
    let back: String
    /// What posts and acts are called.
    let words: Words
    /// Which filters count here, <https://docs.joinmastodon.org/entities/Filter/#context>.
    var context: FilterContext = .home
    /// Bytes of markup after which a post in a list is cut.
    var cut = OwnerText.cut
    /// Whether something can be done with the posts here.
    var hasActs = true

    enum FilterContext: String {
        case home, notifications, thread, account
        case everywhere = "public"
    }

    /// - Parameter isMain: whether the page is about this post: then it is shown whole, with all that can be done.
    func html(_ post: Post, isMain: Bool = false, kind: HTML = HTML()) -> HTML {
        let shown = post.shown
        return """
            <article class="post\(isMain ? " main" as HTML : kind)" id="post-\(post.id)">\(boost(post))<header>\(author(shown.author)) \(moment(shown))</header>
            \(parent(of: shown))\(filtered(post, isMain: isMain, body(shown, isMain: isMain)))\
            \(isMain ? facts(shown) : HTML())\(hasActs ? acts(post, isMain: isMain) : HTML())</article>

            """
    }

    private func boost(_ post: Post) -> HTML {
        guard post.boosted != nil else { return HTML() }
        return "<p class=\"boosted\">\(words.title(.boosted)) by \(link(to: post.author))</p>\n"
    }

    /// Somebody's name, which leads to their page.
    func link(to person: Person) -> HTML {
        "<a href=\"/home/people/\(person.id)\"><bdi>\(name(of: person))</bdi></a>"
    }

    func name(of person: Person) -> HTML {
        EmojiMarkup.text(person.name, person.emojis, shows: true)
    }

    /// Picture, name and handle.
    func author(_ person: Person) -> HTML {
        """
        <a class="who" href="/home/people/\(person.id)">\(portrait(of: person))<bdi>\(name(of: person))</bdi> \
        <small>@\(person.acct)</small></a>
        """
    }

    /// Its size is in the style sheet.
    func portrait(of person: Person) -> HTML {
        "<img src=\"\(identity.here(person.avatar))\" alt=\"\" loading=\"lazy\">"
    }

    private func moment(_ post: Post) -> HTML {
        let sign: HTML =
            switch post.visibility {
            case "unlisted": " \u{b7} unlisted"
            case "private": " \u{b7} followers only"
            case "direct": " \u{b7} direct"
            default: HTML()
            }
        let edited: HTML = post.editedAt == nil ? HTML() : " \u{b7} edited"
        return
            "<a class=\"time\" href=\"/home/posts/\(post.id)\">\(Moment.short(post.createdAt))\(sign)\(edited)</a>"
    }

    private func parent(of post: Post) -> HTML {
        guard let parent = post.inReplyTo else { return HTML() }
        let person = post.mentions.first { $0.id == post.inReplyToPerson }
        let whom: HTML =
            if let person {
                "<bdi>@\(person.acct)</bdi>"
            } else {
                post.inReplyToPerson == post.author.id
                    ? "an earlier \(words[.post])" : "another \(words[.post])"
            }
        return "<p class=\"note\"><a href=\"/home/posts/\(parent)\">In reply to \(whom)</a></p>\n"
    }

    /// What a filter of the owner's matches stands behind its name.
    private func filtered(_ post: Post, isMain: Bool, _ body: HTML) -> HTML {
        guard let filter = matching(post).first(where: { $0.action != .blur }) else { return body }
        return "<details>\n<summary>Filtered: <bdi>\(filter.title)</bdi></summary>\n\(body)</details>\n"
    }

    /// The filters that match the post and count on this page.
    func matching(_ post: Post) -> [Post.Filtered] {
        post.filters.filter { $0.contexts.contains(context.rawValue) }
    }

    /// Whether the owner does not want to see the post here at all.
    func hides(_ post: Post) -> Bool {
        matching(post).contains { $0.hides }
    }

    /// The numbers of a post, which lead to those who are counted, and where it can be seen elsewhere.
    private func facts(_ post: Post) -> HTML {
        let path = "/home/posts/\(post.id)"
        var parts: [HTML] = []
        if post.boosts > 0 {
            parts.append("<a href=\"\(path)/boosts\">\(words.count(post.boosts, .boost, .boosts))</a>")
        }
        if post.favourites > 0 {
            let count = words.count(post.favourites, .favourite, .favourites)
            parts.append("<a href=\"\(path)/favourites\">\(count)</a>")
        }
        if post.quotes > 0 {
            parts.append("<a href=\"\(path)/quotes\">\(words.count(post.quotes, .quote, .quotes))</a>")
        }
        if let edited = post.editedAt {
            parts.append("<a href=\"\(path)/history\">edited \(Moment.time(edited))</a>")
        }
        if isOwn(post) { parts.append("<a href=\"\(path)/deliveries\">Who has it</a>") }
        if let app = post.application { parts.append("with <bdi>\(app)</bdi>") }
        if WebURL(post.url) != nil {
            parts.append(
                "<a href=\"\(post.url)\" rel=\"noreferrer\">\(isOwn(post) ? "Public page" : "At its own server")</a>"
            )
        }
        return "<p class=\"note\">\(parts.joined(separator: " \u{b7} "))</p>\n"
    }

    func isOwn(_ post: Post) -> Bool { post.author.id == identity.owner.description }
}
