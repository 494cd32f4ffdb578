import Federation
import HTTP
import Markup

/// `/tags/NAME`: the owner's public posts with a hashtag.
extension WebPages {
    /// - Parameter name: lower case, without `#`.
    func tagPage(_ name: String, _ request: Request) async throws -> PublicPage {
        let cursor = PublicCursor(request)
        let answer = try await tagged(name, cursor.query(limit: WebPages.posts), request)
        let address = identity.hashtag(PercentCoding.encodeSegment(name))
        let list = PostList(
            posts: answer.elements.map(Post.init).filter { $0.visibility == "public" }, answer: answer,
            cursor: cursor, base: address, markup: PostMarkup(identity: identity))
        let title = "#\(name)"
        var head = Layout.Head(
            title: "\(title) (\(handle))",
            description: "Posts by @\(identity.username) with the hashtag \(title)", canonical: address,
            isIndexed: false)
        head.alternates = FeedKind.allCases.map { kind in
            Layout.Head.Alternate(
                type: kind.type, address: address + kind.ending, title: "\(kind.name) of \(title)")
        }
        return PublicPage(
            head: head,
            main:
                "<section class=\"h-feed\">\n<h1 class=\"p-name\"><bdi>\(title)</bdi></h1>\n\(list.html)</section>\n"
        )
    }

    func tagged(_ name: String, _ query: [(String, String)], _ request: Request) async throws -> Answer {
        try await Asker(api, cause: request).get(
            "/api/v1/accounts/\(identity.owner)/statuses",
            [("tagged", name), ("exclude_reblogs", "true")] + query)
    }

    /// The hashtag in an address, lower case; nil for what cannot be one.
    func tagName(_ request: Request) -> String? {
        guard let name = request.parameters["name"]?.lowercased(), 1...400 ~= name.utf8.count else {
            return nil
        }
        return name
    }
}
