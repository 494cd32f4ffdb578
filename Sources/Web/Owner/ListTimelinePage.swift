import HTTP
import Markup

/// `/home/lists/ID`: the posts of the people on a list.
extension WebPages {
    var listTimelineRoutes: [Route] {
        [page("/home/lists/:id") { visit in try await listTimeline(visit) }]
    }

    private func listTimeline(_ visit: Visit) async throws -> OwnerPage {
        let id = visit.segment("id")
        let title = try await visit.ask.get("/api/v1/lists/\(id)").root.text("title")
        let answer = try await visit.page(of: "/api/v1/timelines/list/\(id)", limit: Cursor.posts)
        return OwnerPage(
            title: title,
            main: """
                <h1><bdi>\(title)</bdi></h1>
                <p class="row"><a class="button" href="/home/lists/\(id)/edit">Change the list</a>
                <a class="button" href="/home/lists">All lists</a></p>
                \(Timeline(answer, at: "/home/lists/\(id)", visit, visit.posts).html)
                """)
    }
}
