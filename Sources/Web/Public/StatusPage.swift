import Federation
import HTTP
import Markup
import Storage

/// `/@NAME/ID`: one of the owner's posts in its conversation, as far as everybody may see it.
extension WebPages {
    enum FoundPost {
        case page(HTML)
        /// The page is about a post that has another address.
        case elsewhere(String)
        case gone
        case nothing
    }

    func statusPage(_ id: StatusID, _ request: Request) async throws -> FoundPost {
        let ask = Asker(api, cause: request)
        let post: Post
        do {
            post = Post(try await ask.get("/api/v1/statuses/\(id)").root)
        } catch let refusal as Refusal where refusal.status == .notFound {
            return try store.read { try Tombstones.contains(identity.status(id), in: $0) } ? .gone : .nothing
        }
        guard post.author.id == identity.owner.description else { return .nothing }
        let markup = PostMarkup(identity: identity, place: .everybody)
        if let boosted = post.boosted {
            let address = markup.address(of: boosted)
            return address == "#" ? .nothing : .elsewhere(address)
        }
        let context = try await ask.get("/api/v1/statuses/\(id)/context").root
        let above = context.list("ancestors").map(Post.init)
        let below = context.list("descendants").map(Post.init)
        var main: HTML = "<h1 class=\"quiet\">Post by <bdi>\(post.author.name)</bdi></h1>\n"
        if !above.isEmpty {
            main +=
                "<section aria-label=\"Earlier in this conversation\">\n\(above.map { markup.html($0) }.joined())</section>\n"
        }
        main += markup.html(post, isMain: true)
        if !below.isEmpty {
            main += "<section>\n<h2>Replies</h2>\n\(below.map { markup.html($0) }.joined())</section>\n"
        }
        return .page(layout.page(head(of: post), main: main))
    }

    private func head(of post: Post) -> Layout.Head {
        let isHidden = !post.warning.isEmpty
        let text =
            isHidden ? "Content warning: " + post.warning : PlainText.text(post.content.text, limit: 300)
        let picture = isHidden || post.isSensitive ? nil : post.files.first { $0.kind == "image" }?.url
        return Layout.Head(
            title: "\(post.author.name) (@\(identity.username)@\(identity.accountDomain))", description: text,
            canonical: "\(identity.profile)/\(post.id)", document: post.uri,
            image: picture ?? post.author.avatar, kind: "article",
            isIndexed: post.author.json.flag("discoverable") && post.visibility == "public")
    }
}
