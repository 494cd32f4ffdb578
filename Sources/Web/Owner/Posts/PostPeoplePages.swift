import HTTP
import Markup

/// Who boosted, favourited or quoted a post: `/home/posts/ID/boosts`, `/favourites` and `/quotes`.
extension WebPages {
    var postPeopleRoutes: [Route] {
        [
            page("/home/posts/:id/boosts") { visit in
                try await people(visit, "reblogged_by", "boosts", .boosted)
            },
            page("/home/posts/:id/favourites") { visit in
                try await people(visit, "favourited_by", "favourites", .favourited)
            },
            page("/home/posts/:id/quotes") { visit in try await quotes(visit) },
            form("/home/posts/:id/quotes/:quoting/revoke") { visit, _ in
                _ = try await visit.ask.post(
                    "/api/v1/statuses/\(visit.segment("id"))/quotes/\(visit.segment("quoting"))/revoke")
                return .back
            },
        ]
    }

    private func people(
        _ visit: Visit, _ name: String, _ path: String, _ did: Words.Word
    ) async throws -> OwnerPage {
        let title = "Who \(visit.words[did]) the \(visit.words[.post])"
        let id = visit.segment("id")
        let answer = try await visit.ask.get(
            "/api/v1/statuses/\(id)/\(name)", Cursor.query(visit, limit: PeopleList.people))
        return OwnerPage(
            title: title,
            main: """
                <h1>\(title)</h1>
                <p class="note">As far as it is known here. <a href="/home/posts/\(id)">To the \(visit.words[.post])</a></p>
                \(PeopleList(answer, visit).html(at: "/home/posts/\(id)/\(path)"))
                """)
    }

    private func quotes(_ visit: Visit) async throws -> OwnerPage {
        let id = visit.segment("id")
        let post = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root)
        let answer = try await visit.ask.get(
            "/api/v1/statuses/\(id)/quotes", Cursor.query(visit, limit: 20))
        let markup = visit.posts
        let quoting = answer.elements.map(Post.init).filter { !markup.hides($0) }
        let list = quoting.map { quote -> HTML in
            let revoke: HTML =
                markup.isOwn(post) && quote.quote?.state == "accepted"
                ? "<p>\(visit.button("/home/posts/\(post.id)/quotes/\(quote.id)/revoke", "Withdraw consent to this quote"))</p>\n"
                : HTML()
            return markup.html(quote) + revoke
        }
        return OwnerPage(
            title: "\(visit.words.title(.quotes)) of the \(visit.words[.post])",
            main: """
                <h1>\(visit.words.title(.quotes)) of the \(visit.words[.post])</h1>
                <p class="note">As far as they are known here. <a href="/home/posts/\(id)">To the \(visit.words[.post])</a></p>
                \(list.isEmpty ? "<p class=\"empty\">There is nothing here.</p>\n" as HTML : list.joined())\
                \(Cursor.ways(answer, at: "/home/posts/\(id)/quotes"))
                """)
    }
}
