import HTTP
import JSON
import Markup

/// `/home/posts/ID/history`: what a post said before it was edited, the latest version first.
extension WebPages {
    var postHistoryRoutes: [Route] {
        [page("/home/posts/:id/history") { visit in try await history(visit) }]
    }

    private func history(_ visit: Visit) async throws -> OwnerPage {
        let id = visit.segment("id")
        let versions = try await visit.ask.get("/api/v1/statuses/\(id)/history").elements
        let list = versions.reversed().map { version -> HTML in
            let warning = version.text("spoiler_text")
            let emojis = version.list("emojis").map(Emoji.init)
            let content = EmojiMarkup.html(HTML.trusted(version.text("content")), emojis, shows: true)
            return """
                <article class="post"><h2>\(Moment.time(version.text("created_at")))</h2>
                \(warning.isEmpty ? HTML() : "<p class=\"note\" dir=\"auto\">Warning: \(warning)</p>\n" as HTML)\
                <div class="e-content" dir="auto">\(content)</div></article>

                """
        }
        return OwnerPage(
            title: "Edits of the \(visit.words[.post])",
            main: """
                <h1>Edits of the \(visit.words[.post])</h1>
                <p class="note">The latest version stands first. <a href="/home/posts/\(id)">To the \(visit.words[.post])</a></p>
                \(list.joined())
                """)
    }
}
