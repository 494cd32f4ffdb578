import Federation
import HTTP
import Markup
import MastodonAPI
import Storage

/// `/interact` and `/interact/ID`: a visitor with an account elsewhere says where, and is sent there to follow the owner
/// or to answer a post.
///
/// Where they go is what they typed themselves, into a form of ours: a form on somebody else's page gets a page that says
/// where it would lead, so that nobody is led on through us.
extension WebPages {
    var interactRoutes: [Route] {
        [
            Route(.get, "/authorize_interaction") { request in
                let items = request.target.queryItems()
                let uri = items.first { $0.0 == "uri" || $0.0 == "acct" }?.1
                return layout.response(InteractionPage(address: uri, identity: identity).page, to: request)
            },
            Route(.get, "/share", handle: share),
            Route(.get, "/interact") { try await interact($0, nil) },
            Route(.get, "/interact/:id") { try await interact($0, id(of: $0)) },
            Route(.post, "/interact", body: .buffered(limit: 4_096)) { try await leave($0, nil) },
            Route(.post, "/interact/:id", body: .buffered(limit: 4_096)) { try await leave($0, id(of: $0)) },
        ]
    }

    /// Share buttons (FEP-3b86, and as Mastodon has it): the owner goes on to write.
    private func share(_ request: Request) -> Response {
        let items = request.target.queryItems()
        let parts = ["title", "text", "url"].compactMap { name in items.first { $0.0 == name }?.1 }
        let text = parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
        let path = "/home/write?text=" + PercentCoding.encodeQuery(text)
        // What does not fit into an address is not cut: it stays here to be copied.
        guard path.utf8.count <= Redirects.longest else { return layout.answer(longText(text)) }
        return Redirects.see(path)
    }

    private func longText(_ text: String) -> PublicPage {
        PublicPage(
            head: Layout.Head(title: "Share", isIndexed: false),
            main: """
                <h1>Share</h1>
                <p>This text is too long to be taken along. Copy it, then <a href="/home/write">write a post</a>.</p>
                <label class="stack">The text <textarea rows="12" readonly dir="auto">\(text)</textarea></label>

                """)
    }

    private func id(of request: Request) throws -> StatusID {
        guard let id = request.parameters["id"].flatMap({ StatusID($0) }) else {
            throw Refusal(.notFound, "There is no such post")
        }
        return id
    }

    private func interact(_ request: Request, _ id: StatusID?) async throws -> Response {
        let path = id.map { "/interact/\($0)" } ?? "/interact"
        return try await everybody(request, at: path, knowing: []) { request in
            _ = try await target(id, request)
            return layout.response(form(id), to: request)
        }
    }

    /// The id of what the visitor wants to follow or answer, if it is there for everybody.
    private func target(_ id: StatusID?, _ request: Request) async throws -> String {
        guard let id else { return identity.actor }
        let post = Post(try await Asker(api, cause: request).get("/api/v1/statuses/\(id)").root)
        guard post.boosted == nil else { throw Refusal(.notFound, "A boost cannot be answered") }
        return post.uri
    }

    private func leave(_ request: Request, _ id: StatusID?) async throws -> Response {
        let uri = try await target(id, request)
        let typed = Form(urlEncoded: try await request.body.collect(limit: 4_096)).value("account") ?? ""
        guard let server = VisitorsServer(typed) else {
            return layout.answer(
                form(
                    id, typed: typed,
                    problem: "That is not a handle such as name@social.example, nor a server."),
                .unprocessable)
        }
        if [identity.host, identity.accountDomain].contains(server.host) {
            return Redirects.see("/home/search?q=" + PercentCoding.encodeQuery(uri))
        }
        var template: String?
        if let username = server.username {
            template = await api.interactionTemplate(username: username, host: server.host, for: request)
        }
        let destination = server.destination(template, for: uri)
        guard isOwnForm(request) else {
            return layout.answer(
                PublicPage(
                    head: Layout.Head(title: "Go on to your server", isIndexed: false),
                    main: """
                        <h1>Go on to your server</h1>
                        <p>The way leads to <a href="\(destination)" rel="nofollow noopener noreferrer">\(server.host)</a>.</p>

                        """))
        }
        return Redirects.see(destination)
    }

    /// Whether the browser says that the form was on a page of this server.
    private func isOwnForm(_ request: Request) -> Bool {
        let site = request.fields["Sec-Fetch-Site"]
        let origin = request.fields["Origin"]
        return (site ?? "same-origin") == "same-origin" && (origin ?? identity.origin) == identity.origin
            && (site != nil || origin != nil)
    }

    private func form(_ id: StatusID?, typed: String = "", problem: String? = nil) -> PublicPage {
        let words = layout.words
        let title = id == nil ? "Follow \(handle)" : "Answer, \(words[.boost]) or \(words[.favourite])"
        let warning: HTML = problem.map { "<p class=\"problem\" role=\"alert\">\($0)</p>\n" } ?? HTML()
        let back = id.map { identity.statusPage($0) } ?? identity.profile
        let action: HTML = id.map { "/interact/\($0.value)" } ?? "/interact"
        return PublicPage(
            head: Layout.Head(title: title, isIndexed: false),
            main: """
                <h1>\(title)</h1>
                <p>Where is your own account? You are sent there to go on. Nothing is kept here.</p>
                \(warning)<form method="post" action="\(action)" class="stack">
                <label>Your handle or server <input type="text" name="account" value="\(typed)" \
                placeholder="name@social.example" inputmode="email" autocomplete="off" autocapitalize="none" \
                spellcheck="false" maxlength="320" required></label>
                <button type="submit">Go on</button>
                </form>
                <p>Or paste this into the search of your app: <code>\(id.map { identity.status($0) } ?? handle)</code></p>
                <p><a href="\(back)">Back</a></p>

                """, hasForm: true)
    }
}
