import Federation
import HTTP
import Markup
import Storage

/// `/@NAME/ID/embed`: one post alone, the only page that other sites may show inside of theirs.
extension WebPages {
    /// Nil for a post that has no page here.
    func embedPage(_ id: StatusID, _ request: Request) async throws -> PublicPage? {
        let post = Post(try await Asker(api, cause: request).get("/api/v1/statuses/\(id)").root)
        guard post.author.id == identity.owner.description, post.boosted == nil else { return nil }
        let words = layout.words
        let title = "\(words.title(.post)) by"
        var head = Layout.Head(
            title: "\(title) \(post.author.name)", canonical: identity.statusPage(id), isIndexed: false)
        head.isEmbedded = true
        return PublicPage(
            head: head,
            main: "<h1 class=\"quiet\">\(title) <bdi>\(post.author.name)</bdi></h1>\n"
                + PostMarkup(identity: identity, words: words).html(post, isMain: true))
    }
}
