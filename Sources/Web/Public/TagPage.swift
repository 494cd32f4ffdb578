import Federation
import HTTP
import Markup

/// `/tags/NAME`: the owner's public posts with a hashtag.
extension WebPages {
    /// - Parameter name: lower case, without `#`.
    func tagPage(_ name: String, _ request: Request) async throws -> HTML {
        let answer = try await Asker(api, cause: request).get(
            "/api/v1/accounts/\(identity.owner)/statuses",
            [("tagged", name), ("exclude_reblogs", "true")] + Cursor.query(request, limit: WebPages.posts))
        let address = identity.hashtag(PercentCoding.encodeSegment(name))
        let list = PostList(
            posts: answer.elements.map(Post.init).filter { $0.visibility == "public" }, answer: answer,
            isFirst: Cursor.query(request, limit: 0).count == 1, base: address,
            markup: PostMarkup(identity: identity, place: .everybody))
        let title = "#\(name)"
        return layout.page(
            Layout.Head(
                title: "\(title) (@\(identity.username)@\(identity.accountDomain))",
                description: "Posts by @\(identity.username) with the hashtag \(title)", canonical: address,
                isIndexed: false),
            main:
                "<section class=\"h-feed\">\n<h1 class=\"p-name\"><bdi>\(title)</bdi></h1>\n\(list.html)</section>\n"
        )
    }
}
