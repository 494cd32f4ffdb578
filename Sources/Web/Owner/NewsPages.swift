import HTTP
import JSON
import Markup

/// `/home/news`: how much is new since a page was made, in words, for the script that asks now and then.
extension WebPages {
    var newsRoutes: [Route] {
        [
            Route(.get, "/home/news") { request in
                await enter(request) { visit in Layout.ownerText(try await news(visit)) }
            }
        ]
    }

    private static let most = 40

    private func news(_ visit: Visit) async throws -> String {
        guard let since = WritingForm.id(visit.query("since")) else { return "" }
        let query = [("since_id", since), ("limit", String(WebPages.most))]
        if visit.query("of") == "notifications" {
            let count = try await visit.ask.get("/api/v1/notifications", query).elements.count
            return WebPages.news(count, "notification", visit.words[.notifications])
        }
        let posts = try await visit.ask.get("/api/v1/timelines/home", query).elements.map(Post.init)
        let shown = posts.count(where: { post in !post.filters.contains { $0.hides } })
        return WebPages.news(shown, visit.words[.post], visit.words[.posts])
    }

    private static func news(_ count: Int, _ one: String, _ many: String) -> String {
        count == 0
            ? ""
            : count == 1 ? "1 new \(one)" : "\(count < most ? "\(count)" : "\(most) or more") new \(many)"
    }
}

/// The place on a page where the script says that there is something new.
enum NewsLine {
    /// - Parameters:
    ///   - page: what the browser opens to see it.
    ///   - since: the newest id on the page; without one there is no line.
    static func html(_ page: String, since: String?, of kind: HTML = "posts") -> HTML {
        guard let since else { return HTML() }
        return
            "<p class=\"news\" role=\"status\" data-news=\"/home/news?of=\(kind)&amp;since=\(since)\"><a href=\"\(page)\" hidden></a></p>\n"
    }
}
