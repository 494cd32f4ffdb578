import HTTP
import Markup
import MastodonAPI
import Storage

/// `/home/posts/ID`: any post with what it answers and what answers it. Whoever opens it has the servers of the
/// others asked for what is missing.
extension WebPages {
    /// Posts above and below on one page.
    private static let above = 20
    private static let below = 40
    /// Replies that are counted through to find those of a page.
    private static let counted = 4_096
    /// Posts that the API gives at once.
    private static let atOnce = 20

    var threadRoutes: [Route] {
        [page("/home/posts/:id") { visit in try await thread(visit) }]
    }

    private func thread(_ visit: Visit) async throws -> OwnerPage {
        let main = Post(try await visit.ask.get("/api/v1/statuses/\(visit.segment("id"))").root).shown
        guard let id = StatusID(main.id) else {
            throw Refusal(.notFound, "There is no such \(visit.words[.post]).")
        }
        api.openThread(of: id)
        let after = visit.query("after")
        let (above, below, isMore) = try store.read { snapshot in
            let above = try Statuses.ancestors(of: id, limit: WebPages.above, in: snapshot)
            let all = try Statuses.descendants(of: id, limit: WebPages.counted, in: snapshot)
            // A reply that is gone meanwhile begins at the first page again.
            let start = StatusID(after).flatMap { all.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
            let below = all.dropFirst(start).prefix(WebPages.below)
            return (after.isEmpty ? above : [], Array(below), all.count > start + below.count)
        }
        let others = try await posts(above + below, visit)
        let markup = visit.posts(.thread)
        var html: HTML =
            "<h1 class=\"quiet\">\(visit.words.title(.post)) by <bdi>\(main.author.name)</bdi></h1>\n"
        html += earlier(above, others, markup)
        html += markup.html(main, isMain: true)
        html += replies(to: main, visit, below, isMore, others, markup)
        return OwnerPage(title: "\(visit.words.title(.post)) by \(main.author.name)", main: html)
    }

    /// Those of these posts that are there and wanted.
    private func posts(_ ids: [StatusID], _ visit: Visit) async throws -> [StatusID: Post] {
        var found: [Post] = []
        for start in stride(from: 0, to: ids.count, by: WebPages.atOnce) {
            let some = ids[start..<min(start + WebPages.atOnce, ids.count)]
            found += try await visit.ask.get("/api/v1/statuses", some.map { ("id[]", $0.description) })
                .elements.map(Post.init)
        }
        let ties = try await visit.ties(found.map(\.author.id))
        let wanted = found.filter { !(ties[$0.author.id]?.isUnwanted ?? false) }
        return Dictionary(wanted.compactMap { post in StatusID(post.id).map { ($0, post) } }) { first, _ in
            first
        }
    }

    private func earlier(_ ids: [StatusID], _ posts: [StatusID: Post], _ markup: OwnerPosts) -> HTML {
        let shown = ids.compactMap { posts[$0] }.filter { !markup.hides($0) }
        guard let first = shown.first else { return HTML() }
        let more: HTML =
            first.inReplyTo == nil
            ? HTML() : "<p><a href=\"/home/posts/\(first.id)\">Earlier in this conversation</a></p>\n"
        return """
            <section aria-label="Earlier in this conversation">
            \(more)\(shown.map { markup.html($0) }.joined())</section>

            """
    }

    private func replies(
        to main: Post, _ visit: Visit, _ ids: [StatusID], _ isMore: Bool, _ posts: [StatusID: Post],
        _ markup: OwnerPosts
    ) -> HTML {
        var depths = [main.id: 0]
        var pieces: [HTML] = []
        var last = ids.last
        var isMore = isMore
        var used = 0
        for id in ids {
            guard let post = posts[id], !markup.hides(post) else { continue }
            let depth = min((depths[post.inReplyTo ?? ""] ?? 1) + 1, 5)
            depths[post.id] = depth
            let piece = markup.html(post, kind: depth > 1 ? " d\(depth)" : HTML())
            used += piece.text.utf8.count
            if used > Timeline.room, !pieces.isEmpty {
                isMore = true
                break
            }
            pieces.append(piece)
            last = id
        }
        var html: HTML = "<section>\n<h2>\(visit.words.title(.replies))</h2>\n"
        html += pieces.isEmpty ? "<p>None is known here yet.</p>\n" : pieces.joined()
        if isMore, let last {
            html += """
                <nav class="ways" aria-label="More"><a rel="next" href="/home/posts/\(main.id)?after=\(last.description)">More \(visit.words[.replies])</a></nav>

                """
        }
        let isElsewhere = main.author.id != visit.owner
        if isElsewhere {
            html += """
                <p class="note">Other servers are asked for \(visit.words[.replies]) that are missing here: \
                <a href="/home/posts/\(main.id)">look again</a> in a moment.</p>

                """
        }
        return html + "</section>\n"
    }
}
