import Basics
import Federation
import HTTP
import Markup
import Storage

/// One post as markup with microformats (<https://microformats.org/wiki/h-entry>).
struct PostMarkup {
    let identity: Identity

    /// - Parameter isMain: whether the page is about this post.
    func html(_ post: Posts.Post, isMain: Bool = false) -> HTML {
        let kind: HTML = isMain ? "post main h-entry" : "post h-entry"
        return """
            <article class="\(kind)" id="post-\(post.entry.id.value)">
            \(post.isBoost ? boost(post) : HTML())<header>
            \(author(post.author))
            <a class="u-url time" href="\(address(of: post.status))">\(Self.time(post.status.createdAt))</a>
            </header>
            \(parent(of: post.status))\(warned(post))\(counts(post))</article>

            """
    }

    private func boost(_ post: Posts.Post) -> HTML {
        "<p class=\"note\">Boosted by @\(identity.username)</p>\n"
    }

    private func author(_ actor: Actor) -> HTML {
        let name = actor.name.isEmpty ? actor.username : actor.name
        let handle = handle(of: actor)
        var picture = HTML()
        if actor.id == identity.owner {
            let address = actor.avatar.map(identity.picture) ?? "/static/avatar/missing.png"
            picture = "<img class=\"u-photo avatar\" src=\"\(address)\" alt=\"\" width=\"48\" height=\"48\">"
        }
        return """
            <a class="p-author h-card author" href="\(profile(of: actor))">\(picture)<span class="names"><bdi \
            class="p-name">\(name)</bdi> <span class="handle">\(handle)</span></span></a>
            """
    }

    private func handle(of actor: Actor) -> String {
        "@\(actor.username)@\(actor.domain ?? identity.accountDomain)"
    }

    private func profile(_ text: String?) -> String? {
        text.flatMap { WebURL($0) == nil ? nil : $0 }
    }

    private func profile(of actor: Actor) -> String {
        actor.id == identity.owner ? identity.profile : profile(actor.url) ?? profile(actor.uri) ?? "#"
    }

    /// The page of a post; a stranger's is at their server.
    func address(of status: Storage.Status) -> String {
        status.actor == identity.owner
            ? identity.statusPage(status.id) : profile(status.url) ?? profile(status.uri) ?? "#"
    }

    private func parent(of status: Storage.Status) -> HTML {
        var address = status.inReplyToURI.flatMap { WebURL($0) == nil ? nil : $0 }
        if let parent = status.inReplyTo, status.inReplyToActor == identity.owner {
            address = identity.statusPage(parent)
        }
        if let address {
            return
                "<p class=\"note\"><a class=\"u-in-reply-to\" href=\"\(address)\">In reply to another post</a></p>\n"
        }
        return status.inReplyTo == nil ? HTML() : "<p class=\"note\">A reply</p>\n"
    }

    /// Text and files, behind the warning if there is one.
    private func warned(_ post: Posts.Post) -> HTML {
        let status = post.status
        let text = content(post) + PollMarkup.html(post.poll) + quote(post)
        let files = media(post)
        if !status.spoiler.isEmpty {
            return """
                <details>
                <summary class="p-summary" dir="auto">\(status.spoiler)</summary>
                \(text)\(files)</details>

                """
        }
        if status.sensitive && !files.isEmpty {
            return text + "<details>\n<summary>Sensitive media</summary>\n\(files)</details>\n"
        }
        return text + files
    }

    private func content(_ post: Posts.Post) -> HTML {
        let status = post.status
        let content = post.quoted == nil ? status.content : QuoteFallback.removed(from: status.content)
        guard !content.isEmpty else { return HTML() }
        let language: HTML = status.language.map { " lang=\"\($0)\"" } ?? HTML()
        return "<div class=\"e-content\"\(language) dir=\"auto\">\(HTML.trusted(content))</div>\n"
    }

    /// What the post quotes, as far as a card shows it: who says what, without files.
    private func quote(_ post: Posts.Post) -> HTML {
        guard let quoted = post.quoted else { return HTML() }
        let author = quoted.author
        let name = author.name.isEmpty ? author.username : author.name
        let text =
            quoted.status.spoiler.isEmpty
            ? PlainText.text(quoted.status.content, limit: 300)
            : "Content warning: " + quoted.status.spoiler
        return """
            <blockquote class="quote h-cite"><a class="u-url u-quotation-of" href="\(address(of: quoted.status))"><bdi \
            class="p-name">\(name)</bdi> <span class="handle">\(handle(of: author))</span></a>
            <p dir="auto">\(text)</p></blockquote>

            """
    }

    /// Our own files; what belongs to a stranger's post is seen at their server.
    private func media(_ post: Posts.Post) -> HTML {
        let own = post.attachments.filter { $0.file != nil }
        if own.isEmpty {
            guard !post.attachments.isEmpty else { return HTML() }
            let address = address(of: post.status)
            let count = Self.count(post.attachments.count, "attachment", "attachments")
            return "<p class=\"note\"><a href=\"\(address)\">\(count)</a></p>\n"
        }
        return "<div class=\"media\">\n\(own.map(file).joined())</div>\n"
    }

    private func file(_ attachment: Attachment) -> HTML {
        let address = identity.media(attachment.file ?? "")
        let description = attachment.description ?? ""
        switch attachment.kind {
        case .video, .gifv:
            return """
                <video class="u-video" controls preload="none" src="\(address)" aria-label="\(label(description))"></video>

                """
        case .audio:
            return """
                <audio class="u-audio" controls preload="none" src="\(address)" aria-label="\(label(description))"></audio>

                """
        case .image, .unknown:
            var size = HTML()
            if let width = attachment.width, let height = attachment.height {
                size = " width=\"\(width)\" height=\"\(height)\""
            }
            return """
                <a href="\(address)"><img class="u-photo" src="\(address)" alt="\(label(description))"\(size) loading="lazy"></a>

                """
        }
    }

    /// A picture that is a link needs a name even when nobody described it.
    private func label(_ description: String) -> String {
        description.isEmpty ? "Attachment without description" : description
    }

    private func counts(_ post: Posts.Post) -> HTML {
        var parts: [HTML] = []
        if post.replies > 0 { parts.append(Self.count(post.replies, "reply", "replies")) }
        if post.boosts > 0 { parts.append(Self.count(post.boosts, "boost", "boosts")) }
        if post.favourites > 0 { parts.append(Self.count(post.favourites, "favourite", "favourites")) }
        if let edited = post.status.editedAt {
            let moment = edited.milliseconds
            parts.append(
                "edited <time class=\"dt-updated\" datetime=\"\(ISO8601.seconds(moment))\">\(Self.minutes(moment))</time>"
            )
        }
        return parts.isEmpty ? HTML() : "<p class=\"note\">\(parts.joined(separator: " \u{b7} "))</p>\n"
    }

    static func count(_ number: Int, _ one: String, _ many: String) -> HTML {
        "\(number) \(number == 1 ? one : many)"
    }

    static func time(_ moment: Timestamp) -> HTML {
        let text = ISO8601.seconds(moment.milliseconds)
        return "<time class=\"dt-published\" datetime=\"\(text)\">\(minutes(moment.milliseconds))</time>"
    }

    /// `2026-01-31 12:34 UTC`.
    static func minutes(_ moment: Int64) -> String {
        let text = ISO8601.seconds(moment)
        return text.prefix(10) + " " + text.dropFirst(11).prefix(5) + " UTC"
    }
}
