import Federation
import HTTP
import Markup
import Storage

/// `/@NAME/ID`: one of the owner's posts in its conversation, as far as everybody may see it.
enum StatusPage {
    /// Posts shown above and below.
    private static let mostAncestors = 40
    private static let mostReplies = 200

    enum Found {
        case page(HTML)
        /// The page is about a post that has another address.
        case elsewhere(String)
        case gone
        case nothing
    }

    static func find(_ id: StatusID, pages: WebPages, in snapshot: Snapshot) throws -> Found {
        let identity = pages.identity
        guard let post = try Posts([id], in: snapshot).all.first, post.entry.actor == identity.owner else {
            return try Tombstones.contains(identity.status(id), in: snapshot) ? .gone : .nothing
        }
        let markup = PostMarkup(identity: identity)
        if post.isBoost {
            let address = markup.address(of: post.status)
            return address == "#" ? .nothing : .elsewhere(address)
        }
        let above = try Posts(Statuses.ancestors(of: id, limit: mostAncestors, in: snapshot), in: snapshot)
            .all
        let below = try Posts(Statuses.descendants(of: id, limit: mostReplies, in: snapshot), in: snapshot)
            .all
        let name = post.author.name.isEmpty ? post.author.username : post.author.name
        var main: HTML = "<h1 class=\"quiet\">Post by <bdi>\(name)</bdi></h1>\n"
        if !above.isEmpty {
            main +=
                "<section aria-label=\"Earlier in this conversation\">\n\(above.map { markup.html($0) }.joined())</section>\n"
        }
        main += markup.html(post, isMain: true)
        if !below.isEmpty {
            main += "<section>\n<h2>Replies</h2>\n\(below.map { markup.html($0) }.joined())</section>\n"
        }
        return .page(pages.layout.page(head(post, name: name, identity: identity), main: main))
    }

    private static func head(_ post: Posts.Post, name: String, identity: Identity) -> Layout.Head {
        let status = post.status
        let isHidden = !status.spoiler.isEmpty
        let text =
            isHidden ? "Content warning: " + status.spoiler : PlainText.text(status.content, limit: 300)
        let picture = isHidden || status.sensitive ? nil : post.attachments.first { $0.kind == .image }?.file
        let portrait =
            post.author.avatar.map(identity.picture) ?? identity.origin + "/static/avatar/missing.png"
        return Layout.Head(
            title: "\(name) (@\(post.author.username)@\(identity.accountDomain))", description: text,
            canonical: identity.statusPage(status.id), document: status.uri,
            image: picture.map(identity.media) ?? portrait, kind: "article",
            isIndexed: post.author.discoverable && status.visibility == .public)
    }
}
