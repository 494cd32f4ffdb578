import HTTP
import Markup

/// What a post says: text, poll, what it quotes, where it links to, files, and what of it is behind a warning.
extension OwnerPosts {
    /// What is shown of a quoted post, in characters.
    private static let quoted = 300

    func body(_ post: Post, isMain: Bool) -> HTML {
        let text = content(post, isMain: isMain) + poll(post) + quote(post)
        let files = files(post)
        if !post.warning.isEmpty {
            return """
                <details\(isMain ? " open" as HTML : HTML())>
                <summary dir="auto">\(EmojiMarkup.text(post.warning, post.emojis, shows: true))</summary>
                \(text)\(files)\(card(post))</details>

                """
        }
        if isVeiled(post) {
            return text + "<details>\n<summary>Sensitive media</summary>\n\(files)</details>\n"
        }
        return text + files + card(post)
    }

    private func isVeiled(_ post: Post) -> Bool {
        guard !post.files.isEmpty else { return false }
        return post.isSensitive || matching(post).contains { $0.action == .blur }
    }

    private func content(_ post: Post, isMain: Bool) -> HTML {
        guard !post.content.isEmpty else { return HTML() }
        // What is not said is English, as the page.
        let language: HTML =
            post.language.map { $0 == "en" ? HTML() : " lang=\"\($0)\"" } ?? HTML()
        let text = OwnerText(post, limit: isMain ? nil : cut)
        let more: HTML =
            text.isCut ? "<p><a href=\"/home/posts/\(post.id)\">Read on</a></p>\n" : HTML()
        return "<div class=\"e-content\"\(language) dir=\"auto\">\(text.html)</div>\n\(more)"
    }

    private func poll(_ post: Post) -> HTML {
        guard let poll = post.poll else { return HTML() }
        let isOpen = hasActs && !poll.isClosed && !poll.hasVoted && !isOwn(post)
        return isOpen ? ballot(poll, of: post) : PollMarkup.html(poll)
    }

    /// The form to vote with.
    private func ballot(_ poll: PollResult, of post: Post) -> HTML {
        let kind: HTML = poll.isMultiple ? "checkbox" : "radio"
        let options = poll.options.enumerated().map { index, option -> HTML in
            let title = EmojiMarkup.text(option.title, post.emojis, shows: true)
            return """
                <label><input type="\(kind)" name="choices[]" value="\(index)"> <span dir="auto">\(title)</span></label>

                """
        }
        return """
            <form method="post" action="/home/polls/\(poll.id)" class="poll">\(token.field)<input type="hidden" \
            name="back" value="\(back)">
            <fieldset><legend>Poll</legend>
            \(options.joined())</fieldset>
            <button>Vote</button> <span class="note">\(PollMarkup.summary(of: poll))</span>
            </form>

            """
    }

    /// What the post quotes, as far as a card shows it.
    private func quote(_ post: Post) -> HTML {
        guard let quote = post.quote else { return HTML() }
        guard let quoted = quote.post else {
            return "<p class=\"quote note\">\(reason(for: quote.state))</p>\n"
        }
        if hides(quoted) {
            return "<p class=\"quote note\">It quotes \(words.one(.post)) that a filter hides.</p>\n"
        }
        let text =
            quoted.warning.isEmpty
            ? PlainText.text(quoted.content.text, limit: OwnerPosts.quoted)
            : "Content warning: " + quoted.warning
        let files: HTML =
            quoted.files.isEmpty
            ? HTML()
            : "<p class=\"note\">\(PostMarkup.count(quoted.files.count, "attachment", "attachments"))</p>\n"
        return """
            <blockquote class="quote"><a href="/home/posts/\(quoted.id)"><bdi>\(name(of: quoted.author))</bdi> \
            <span class="handle">@\(quoted.author.acct)</span></a>
            <p dir="auto">\(text)</p>\(files)</blockquote>

            """
    }

    /// <https://docs.joinmastodon.org/entities/Quote/#state>
    private func reason(for state: String) -> HTML {
        let why: HTML =
            switch state {
            case "pending": "whose author has not agreed yet"
            case "rejected", "revoked": "whose author does not want that"
            case "deleted": "that is gone"
            default: "that cannot be shown"
            }
        return "It quotes \(words.one(.post)) \(why)."
    }

    private func card(_ post: Post) -> HTML {
        guard let card = post.card, post.files.isEmpty, post.quote == nil, WebURL(card.url) != nil else {
            return HTML()
        }
        let picture: HTML =
            card.image.map {
                "<img src=\"\(identity.here($0))\" alt=\"\(card.imageDescription)\" loading=\"lazy\">"
            } ?? HTML()
        let provider: HTML =
            card.provider.isEmpty ? HTML() : " <span class=\"note\"><bdi>\(card.provider)</bdi></span>"
        return """
            <a class="card" href="\(card.url)">\(picture)<span class="what"><bdi class="title">\(card.title)</bdi>\(provider)</span></a>

            """
    }

    private func files(_ post: Post) -> HTML {
        guard !post.files.isEmpty else { return HTML() }
        return "<div class=\"media\">\n\(post.files.map(file).joined())</div>\n"
    }

    private func file(_ file: AttachedFile) -> HTML {
        // A picture that is a link needs a name even when nobody described it.
        let label = file.description.isEmpty ? "No description" : file.description
        let address = identity.here(file.url)
        switch file.kind {
        case "video", "gifv":
            let poster: HTML = file.preview.map { " poster=\"\(identity.here($0))\"" } ?? HTML()
            return """
                <video controls preload="none" src="\(address)"\(poster) aria-label="\(label)"></video>

                """
        case "audio":
            return """
                <audio controls preload="none" src="\(address)" aria-label="\(label)"></audio>

                """
        case "image":
            var size = HTML()
            if let width = file.width, let height = file.height {
                size = " width=\"\(width)\" height=\"\(height)\""
            }
            return """
                <a href="\(address)"><img src="\(identity.here(file.preview ?? file.url))" alt="\(label)"\(size) loading="lazy"></a>

                """
        default:
            guard let remote = file.remote, WebURL(remote) != nil else { return HTML() }
            return "<a href=\"\(remote)\" rel=\"noreferrer\">File: \(label)</a>\n"
        }
    }
}
