import HTTP
import Markup

/// `/home`: the posts of the people the owner follows, the newest first.
extension WebPages {
    var homeRoutes: [Route] {
        [page("/home") { visit in try await home(visit) }]
    }

    private func home(_ visit: Visit) async throws -> OwnerPage {
        let answer = try await visit.page(of: "/api/v1/timelines/home", limit: Cursor.posts)
        let list = Timeline(
            answer, at: "/home", visit, visit.posts,
            empty: """
                <p class="empty">There is nothing here yet. <a href="/home/search">Find people</a> and follow them: what they write \
                comes here, the newest first.</p>

                """)
        let isFirst = visit.request.target.query == nil
        let news = isFirst ? NewsLine.html("/home", since: list.newest) : HTML()
        let title = visit.words.title(.home)
        return OwnerPage(title: title, section: "/home", main: "<h1>\(title)</h1>\n\(news)\(list.html)")
    }
}
