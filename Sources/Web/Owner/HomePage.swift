import HTTP
import Markup

/// `/home`: the posts of the people the owner follows, the newest first.
extension WebPages {
    var homeRoutes: [Route] {
        [page("/home") { visit in try await home(visit) }]
    }

    private func home(_ visit: Visit) async throws -> OwnerPage {
        let answer = try await visit.ask.get(
            "/api/v1/timelines/home", Cursor.query(visit, limit: Cursor.posts))
        let posts = answer.elements.map(Post.init)
        return OwnerPage(
            title: "Home", section: "/home",
            main: "<h1>Home</h1>\n" + Cursor.list(posts, answer, at: "/home", visit.posts))
    }
}
