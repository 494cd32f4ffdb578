import HTTP
import JSON
import Markup

/// `/home/notifications/requests`: people whose notifications the owner's policy holds back.
extension WebPages {
    var heldBackRoutes: [Route] {
        [page("/home/notifications/requests") { visit in try await heldBack(visit) }]
            + ["accept", "dismiss"].map { act in
                form("/home/notifications/requests/:id/\(act)") { visit, _ in
                    _ = try await visit.ask.post(
                        "/api/v1/notifications/requests/\(visit.segment("id"))/\(act)")
                    return .back
                }
            }
    }

    private func heldBack(_ visit: Visit) async throws -> OwnerPage {
        let answer = try await visit.ask.get(
            "/api/v1/notifications/requests", Cursor.query(visit, limit: 20))
        let list = answer.elements.map { request($0, visit) }
        return OwnerPage(
            title: "Held back", section: "/home/notifications",
            main: """
                <h1>Held back</h1>
                <p class="note">Notifications of people whom your rules keep from you. \
                <a href="/home/notifications">To the others</a></p>
                \(list.isEmpty ? "<p class=\"empty\">There is nothing here.</p>\n" as HTML : list.joined())\
                \(Cursor.ways(answer, at: "/home/notifications/requests"))
                """)
    }

    private func request(_ json: JSONValue, _ visit: Visit) -> HTML {
        let markup = visit.posts(.notifications)
        let person = Person(json["account"] ?? json)
        let base = "/home/notifications/requests/\(json.text("id"))"
        let count = PostMarkup.count(
            Int(json.text("notifications_count")) ?? 0, "notification", "notifications")
        let post = json.present("last_status").map { markup.html(Post($0)) } ?? HTML()
        return """
            <section class="group box">
            <h2>\(markup.link(to: person)): \(count)</h2>
            \(post)<p class="row">\(visit.button("\(base)/accept", "Let them in"))
            \(visit.button("\(base)/dismiss", "Dismiss"))</p>
            </section>

            """
    }
}
