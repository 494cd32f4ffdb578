import Federation
import HTTP
import Markup
import Storage

/// `/@NAME/ID`: one of the owner's posts in its conversation, as far as everybody may see it.
extension WebPages {
    enum FoundPost {
        case page(PublicPage)
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
            return try store.read { try Tombstones.wasOpen(identity.status(id), in: $0) } ? .gone : .nothing
        }
        guard post.author.id == identity.owner.description else { return .nothing }
        if let boosted = post.boosted {
            let address = PostMarkup(identity: identity, words: layout.words).address(of: boosted)
            return address == "#" ? .nothing : .elsewhere(address)
        }
        let cursor = PublicCursor(request)
        let context = try await ask.get("/api/v1/statuses/\(id)/context", cursor.items)
        let page = SharedThread(
            post: post, above: context.root.list("ancestors").map(Post.init),
            below: context.root.list("descendants").map(Post.init), after: cursor.value("min_id"),
            next: context.older?.value, address: identity.statusPage(id), identity: identity,
            words: layout.words)
        return .page(PublicPage(head: head(of: post, isContinued: page.isContinued), main: page.html))
    }

    private func head(of post: Post, isContinued: Bool) -> Layout.Head {
        let isHidden = !post.warning.isEmpty
        let text =
            isHidden ? "Content warning: " + post.warning : PlainText.text(post.content.text, limit: 300)
        let picture = isHidden || post.isSensitive ? nil : post.files.first { $0.kind == "image" }?.url
        let address = "\(identity.profile)/\(post.id)"
        var head = Layout.Head(
            title: "\(post.author.name) (\(handle))", description: text, canonical: address,
            document: post.uri,
            image: picture ?? post.author.avatar, kind: "article",
            isIndexed: post.author.json.flag("indexable") && post.visibility == "public" && !isContinued)
        head.published = post.createdAt
        head.alternates = [
            Layout.Head.Alternate(
                type: "application/json+oembed",
                address:
                    "\(identity.origin)/api/oembed?format=json&url=\(PercentCoding.encodeQuery(address))",
                title: head.title)
        ]
        return head
    }
}
