import Federation
import HTTP
import Markup
import Storage

/// `/tags/NAME`: the owner's public posts with a hashtag.
extension WebPages {
    /// Nil for a hashtag that nobody used.
    ///
    /// - Parameter name: lower case, without `#`.
    func tagPage(_ name: String, _ request: Request) async throws -> PublicPage? {
        let cursor = PublicCursor(request)
        guard let answer = try await tagged(name, cursor.query(limit: WebPages.posts), request) else {
            return nil
        }
        let address = identity.hashtag(PercentCoding.encodeSegment(name))
        let list = PostList(
            posts: answer.elements.map(Post.init), answer: answer, cursor: cursor, base: address,
            markup: PostMarkup(identity: identity, words: layout.words))
        let title = "#\(name)"
        var head = Layout.Head(
            title: "\(title) (\(handle))",
            description: "\(layout.words.title(.posts)) by @\(identity.username) with the hashtag \(title)",
            canonical: address,
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

    /// The public posts with it; nil for a hashtag that nobody used.
    func tagged(_ name: String, _ query: [(String, String)], _ request: Request) async throws -> Answer? {
        guard try store.read({ try Hashtags.number(name, in: $0) }) != nil else { return nil }
        return try await Asker(api, cause: request).get(
            "/api/v1/accounts/\(identity.owner)/statuses",
            [("tagged", name), ("exclude_reblogs", "true"), ("only_public", "true")] + query)
    }

    /// The hashtag in an address as it is stored; nil for what cannot be one, so that nobody has us write their words on
    /// a page.
    func tagName(_ request: Request) -> String? {
        guard let text = request.parameters["name"], 1...400 ~= text.utf8.count else { return nil }
        let name = Hashtags.normalized(text)
        return PostText("#" + name).hashtags == [name] ? name : nil
    }
}
