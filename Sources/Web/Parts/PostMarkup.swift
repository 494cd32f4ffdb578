import Federation
import HTTP
import Markup

/// One post as markup with microformats (<https://microformats.org/wiki/h-entry>), on a page that anybody may read:
/// people and posts of other servers are seen there.
struct PostMarkup: Sendable {
    let identity: Identity
    /// What posts and acts are called.
    let words: Words
    /// The addresses of posts that others on the page answer, by their ids.
    var parents: [String: String] = [:]

    /// - Parameter isMain: whether the page is about this post.
    func html(_ post: Post, isMain: Bool = false) -> HTML {
        let shown = post.shown
        let kind: HTML = isMain ? "post main h-entry" : "post h-entry"
        return """
            <article class="\(kind)" id="post-\(post.id)">
            \(boost(post))<header>
            \(author(shown.author))
            <a class="u-url time" href="\(address(of: shown))">\(Moment.published(shown.createdAt))</a>
            </header>
            \(parent(of: shown))\(body(shown, isMain: isMain))\(counts(shown))</article>

            """
    }

    private func boost(_ post: Post) -> HTML {
        guard post.boosted != nil else { return HTML() }
        return
            "<p class=\"note i-boost\">\(words.title(.boosted)) by <a href=\"\(address(of: post.author))\"><bdi>\(post.author.name)</bdi></a></p>\n"
    }

    private func author(_ person: Person) -> HTML {
        var picture = HTML()
        if person.acct == identity.username {
            picture =
                "<img class=\"u-photo avatar\" src=\"\(person.avatar)\" alt=\"\" width=\"48\" height=\"48\" loading=\"lazy\">"
        }
        return """
            <span class="p-author h-card"><a class="u-url author" href="\(address(of: person))">\(picture)<span \
            class="names"><bdi class="p-name">\(EmojiMarkup.text(person.name, person.emojis, shows: false))</bdi> \
            <span class="handle">\(handle(of: person))</span></span></a></span>
            """
    }

    func handle(of person: Person) -> String {
        person.acct.contains("@") ? "@\(person.acct)" : "@\(person.acct)@\(identity.accountDomain)"
    }

    func address(of person: Person) -> String {
        WebURL(person.url) == nil ? "#" : person.url
    }

    /// The page of a post; a stranger's is at their server.
    func address(of post: Post) -> String {
        if post.author.acct == identity.username { return "\(identity.profile)/\(post.id)" }
        return [post.url, post.uri].first { WebURL($0) != nil } ?? "#"
    }

    private func parent(of post: Post) -> HTML {
        guard let parent = post.inReplyTo else { return HTML() }
        guard let address = parents[parent] else { return "<p class=\"note\">\(words.title(.reply))</p>\n" }
        return
            "<p class=\"note\"><a class=\"u-in-reply-to\" href=\"\(address)\">\(words.title(.reply))</a></p>\n"
    }

    /// Text and files, behind the warning if there is one.
    private func body(_ post: Post, isMain: Bool) -> HTML {
        let text = content(post, isMain: isMain) + poll(post) + quote(post)
        let files = FileMarkup(post: address(of: post)).html(post.files)
        if !post.warning.isEmpty {
            return """
                <details>
                <summary class="p-summary" dir="auto">\(post.warning)</summary>
                \(text)\(files)</details>

                """
        }
        if post.isSensitive && !files.isEmpty {
            return text + "<details>\n<summary>Sensitive media</summary>\n\(files)</details>\n"
        }
        return text + files
    }

    /// Bytes of a text that is shown whole in a list.
    private static let longText = 6_000

    private func content(_ post: Post, isMain: Bool) -> HTML {
        guard !post.content.isEmpty else { return HTML() }
        let language: HTML = post.language.map { " lang=\"\($0)\"" } ?? HTML()
        if !isMain && post.content.text.utf8.count > PostMarkup.longText {
            return """
                <div class="e-content"\(language) dir="auto"><p>\(PlainText.text(post.content.text, limit: 800))</p></div>
                <p><a href="\(address(of: post))">Read on</a></p>

                """
        }
        let content = EmojiMarkup.html(post.content, post.emojis, shows: false)
        return "<div class=\"e-content\"\(language) dir=\"auto\">\(content)</div>\n"
    }

    private func poll(_ post: Post) -> HTML {
        post.poll.map(PollMarkup.html) ?? HTML()
    }

    /// What the post quotes, as far as a card shows it: who says what, without files.
    private func quote(_ post: Post) -> HTML {
        guard let quote = post.quote else { return HTML() }
        guard let quoted = quote.post else { return HTML() }
        let text =
            quoted.warning.isEmpty
            ? PlainText.text(quoted.content.text, limit: 300) : "Content warning: " + quoted.warning
        return """
            <blockquote class="quote h-cite"><a class="u-url u-quotation-of" href="\(address(of: quoted))"><bdi \
            class="p-name">\(quoted.author.name)</bdi> <span class="handle">\(handle(of: quoted.author))</span></a>
            <p dir="auto">\(text)</p></blockquote>

            """
    }

    private func counts(_ post: Post) -> HTML {
        var parts: [HTML] = []
        let counted: [(Int, Icons.Icon, Words.Word, Words.Word)] = [
            (post.replies, .reply, .reply, .replies), (post.boosts, .boost, .boost, .boosts),
            (post.favourites, .favourite, .favourite, .favourites),
        ]
        for (count, icon, one, many) in counted where count > 0 {
            parts.append("<span class=\"\(icon.kind)\">\(words.count(count, one, many))</span>")
        }
        if let edited = post.editedAt { parts.append("edited \(Moment.updated(edited))") }
        return parts.isEmpty ? HTML() : "<p class=\"note\">\(parts.joined(separator: " \u{b7} "))</p>\n"
    }

    static func count(_ number: Int, _ one: String, _ many: String) -> HTML {
        "\(number) \(number == 1 ? one : many)"
    }
}
