import HTTP
import Markup

/// `/home/posts/ID/delete`: asks before an own post is deleted.
extension WebPages {
    var deletePostRoutes: [Route] {
        [
            page("/home/posts/:id/delete") { visit in try await askToDelete(visit) },
            form("/home/posts/:id/delete") { visit, _ in
                _ = try await visit.ask.send(
                    .delete, "/api/v1/statuses/\(visit.segment("id"))?delete_media=true", [])
                return .to("/home")
            },
        ]
    }

    private func askToDelete(_ visit: Visit) async throws -> OwnerPage {
        let post = Post(try await visit.ask.get("/api/v1/statuses/\(visit.segment("id"))").root)
        guard visit.posts.isOwn(post) else {
            throw Refusal(.forbidden, "This \(visit.words[.post]) is not yours to delete.")
        }
        return OwnerPage(
            title: "Delete the \(visit.words[.post])?",
            main: """
                <h1>Delete the \(visit.words[.post])?</h1>
                <p>It goes from here at once, with its pictures, and the servers that have it are told to delete it too. \
                That cannot be undone.</p>
                \(visit.form("/home/posts/\(post.id)/delete", "<button>Delete it</button> <a href=\"/home/posts/\(post.id)\">Keep it</a>", back: "/home"))\
                \(visit.posts.html(post))
                """)
    }
}
