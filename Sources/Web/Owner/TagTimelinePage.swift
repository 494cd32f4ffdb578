import HTTP
import Markup

/// `/home/tags/NAME`: the posts with a hashtag that came here, and whether the owner follows it.
extension WebPages {
    var tagTimelineRoutes: [Route] {
        [page("/home/tags/:name") { visit in try await tagTimeline(visit) }]
            + ["follow", "unfollow", "feature", "unfeature"].map { act in
                form("/home/tags/:name/\(act)") { visit, _ in
                    _ = try await visit.ask.post("/api/v1/tags/\(visit.segment("name"))/\(act)")
                    return .back
                }
            }
    }

    private func tagTimeline(_ visit: Visit) async throws -> OwnerPage {
        let tag = try await visit.ask.get("/api/v1/tags/\(visit.segment("name"))").root
        let name = tag.text("name")
        let base = "/home/tags/\(PercentCoding.encodeSegment(name))"
        let answer = try await visit.ask.get(
            "/api/v1/timelines/tag/\(PercentCoding.encodeSegment(name))",
            Cursor.query(visit, limit: Cursor.posts))
        let follow =
            tag.flag("following")
            ? visit.button("\(base)/unfollow", "Unfollow", isOn: true)
            : visit.button("\(base)/follow", "Follow")
        let feature =
            tag.flag("featuring")
            ? visit.button("\(base)/unfeature", "Do not show on my profile")
            : visit.button("\(base)/feature", "Show on my profile")
        return OwnerPage(
            title: "#\(name)",
            main: """
                <h1><bdi>#\(name)</bdi></h1>
                <p class="row">\(follow)
                \(feature)
                <a class="button" href="/home/tags">All hashtags of mine</a></p>
                \(Timeline(answer, at: base, visit, visit.posts(.everywhere)).html)
                """)
    }
}
