import HTTP
import JSON
import Markup

/// `/home/conversations`: direct posts by the people they are between.
extension WebPages {
    var conversationRoutes: [Route] {
        [
            page("/home/conversations") { visit in try await conversations(visit) },
            form("/home/conversations/:id/read") { visit, _ in try await mark(visit, "read") },
            form("/home/conversations/:id/unread") { visit, _ in try await mark(visit, "unread") },
            form("/home/conversations/:id/remove") { visit, _ in
                _ = try await visit.ask.send(.delete, "/api/v1/conversations/\(visit.segment("id"))", [])
                return .back
            },
        ]
    }

    private func mark(_ visit: Visit, _ how: String) async throws -> Outcome {
        _ = try await visit.ask.post("/api/v1/conversations/\(visit.segment("id"))/\(how)")
        return .back
    }

    private func conversations(_ visit: Visit) async throws -> OwnerPage {
        let answer = try await visit.ask.get("/api/v1/conversations", Cursor.query(visit, limit: 20))
        let list = answer.elements.map { conversation($0, visit) }
        return OwnerPage(
            title: visit.words.title(.conversations), section: "/home/conversations",
            main: """
                <h1>\(visit.words.title(.conversations))</h1>
                <p class="row"><a class="button" href="/home/write?visibility=direct">Write to somebody</a></p>
                \(list.isEmpty ? "<p class=\"empty\">Nobody has written to you alone yet.</p>\n" as HTML : list.joined())\
                \(Cursor.ways(answer, at: "/home/conversations"))
                """)
    }

    private func conversation(_ json: JSONValue, _ visit: Visit) -> HTML {
        let markup = visit.posts
        let people = json.list("accounts").map { markup.link(to: Person($0)) }
        let isUnread = json.flag("unread")
        let base = "/home/conversations/\(json.text("id"))"
        let read =
            isUnread
            ? visit.button("\(base)/read", "Mark as read") : visit.button("\(base)/unread", "Mark as unread")
        let post = json.present("last_status").map { markup.html(Post($0)) } ?? HTML()
        return """
            <section class="group box\(isUnread ? " new" as HTML : HTML())">
            <h2>\(isUnread ? "New from " as HTML : "With ")\(people.joined(separator: ", "))</h2>
            \(post)<p class="row">\(read)
            \(visit.button("\(base)/remove", "Remove from this list"))</p>
            </section>

            """
    }
}
