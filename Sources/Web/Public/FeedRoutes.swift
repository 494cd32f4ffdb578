import Federation
import HTTP
import Markup

/// Feeds of the profile and of hashtags: at the pages' addresses with an ending, and where Mastodon has them.
extension WebPages {
    var feedRoutes: [Route] {
        FeedKind.allCases.flatMap { kind in
            ProfileTab.allCases.map { tab in
                Route(.get, "/@:name" + tab.rawValue + kind.ending) { try await profileFeed(kind, tab, $0) }
            } + [
                Route(.get, "/users/:name" + kind.ending) { request in
                    guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
                    return Response.redirect(.movedPermanently, to: identity.profile + kind.ending)
                },
                Route(.get, "/tags/:name" + kind.ending) { try await tagFeed(kind, $0) },
                Route(.get, "/@:owner/tagged/:name" + kind.ending) { tagged($0, kind.ending) },
            ]
        } + [Route(.get, "/@:owner/tagged/:name") { tagged($0, "") }]
    }

    private func tagged(_ request: Request, _ ending: String) -> Response {
        guard identity.isOwner(request.parameters["owner"]), let name = tagName(request) else {
            return notFound(request)
        }
        return .redirect(.found, to: identity.hashtag(PercentCoding.encodeSegment(name)) + ending)
    }

    private func profileFeed(_ kind: FeedKind, _ tab: ProfileTab, _ request: Request) async throws -> Response
    {
        guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
        let path = "/@\(identity.username)\(tab.rawValue)\(kind.ending)"
        return try await everybody(request, at: path, knowing: []) { request in
            let posts = try await Asker(api, cause: request).get(
                "/api/v1/accounts/\(identity.owner)/statuses",
                tab.query.filter { $0.0 != "exclude_reblogs" }
                    + [("exclude_reblogs", "true"), ("limit", String(WebPages.posts))])
            return try await feed(
                kind, of: tab == .posts ? handle : "\(tab.name(layout.words)) of \(handle)",
                page: identity.profile + tab.rawValue, posts.elements.map(Post.init), request)
        }
    }

    private func tagFeed(_ kind: FeedKind, _ request: Request) async throws -> Response {
        guard let name = tagName(request) else { return notFound(request) }
        let segment = PercentCoding.encodeSegment(name)
        return try await everybody(request, at: "/tags/\(segment)\(kind.ending)", knowing: []) { request in
            guard let answer = try await self.tagged(name, [("limit", String(WebPages.posts))], request)
            else { return notFound(request) }
            return try await feed(
                kind, of: "#\(name) by \(handle)", page: identity.hashtag(segment),
                answer.elements.map(Post.init), request)
        }
    }

    private func feed(
        _ kind: FeedKind, of title: String, page: String, _ posts: [Post], _ request: Request
    ) async throws -> Response {
        let author = Person(
            try await Asker(api, cause: request).get("/api/v1/accounts/\(identity.owner)").root)
        let feed = Feed(
            title: "\(author.name) (\(title))", page: page, address: page + kind.ending, author: author,
            handle: handle, posts: posts, identity: identity, version: layout.version, words: layout.words)
        let isIndexed = author.json.flag("indexable")
        return layout.response(
            feed.bytes(kind), kind.type + "; charset=utf-8", isIndexed: isIndexed, to: request)
    }
}
