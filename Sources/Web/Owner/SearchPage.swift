import HTTP
import JSON
import Markup

/// `/home/search`: people, posts and hashtags; what is the address of one thing, or a handle, opens it.
extension WebPages {
    private static let kinds = ["accounts", "statuses", "hashtags"]
    /// Results of each kind on the first page, and of one kind on its own.
    private static let few = 5
    private static let many = 20

    var searchRoutes: [Route] {
        [
            Route(.get, "/home/search") { request in
                await enter(request) { visit in try await search(visit) }
            }
        ]
    }

    private func search(_ visit: Visit) async throws -> Response {
        let text = visit.query("q")
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else {
            return visit.answer(WebPages.page(text, "<p>\(WebPages.help(visit.words))</p>\n"))
        }
        let kind = WebPages.kinds.first { $0 == visit.query("type") }
        let offset = min(max(0, Int(visit.query("offset")) ?? 0), 10_000)
        let limit = kind == nil ? WebPages.few : WebPages.many
        var query = [("q", words), ("limit", String(limit)), ("resolve", "true")]
        if let kind { query += [("type", kind), ("offset", String(offset))] }
        let found = try await visit.ask.get("/api/v2/search", query).root
        let isAddress = words.hasPrefix("https://") || words.hasPrefix("http://")
        if isAddress || words.isHandle, let path = WebPages.only(found) { return Redirects.see(path) }

        var results = HTML()
        for name in WebPages.kinds where kind == nil || kind == name {
            let items = found.list(name)
            guard !items.isEmpty else { continue }
            let title = WebPages.title(of: name, visit.words)
            results += "<section>\n<h2>\(title)</h2>\n\(WebPages.results(items, name, visit))"
            if items.count >= limit {
                let next = kind == nil ? 0 : offset + limit
                let more: HTML = kind == nil ? "All that was found" : "More"
                results += """
                    <nav class="ways" aria-label="More: \(title)"><a href="/home/search?q=\(PercentCoding.encodeQuery(words))&amp;\
                    type=\(name)&amp;offset=\(next)">\(more)</a></nav>

                    """
            }
            results += "</section>\n"
        }
        if results.isEmpty {
            let isElsewhere = isAddress || words.isHandle
            results =
                isElsewhere
                ? "<p>Nothing was found there, or nobody answered. Look at the address again, or try later.</p>\n"
                : "<p>Nothing was found. \(WebPages.help(visit.words))</p>\n"
        }
        return visit.answer(WebPages.page(text, results))
    }

    private static func title(of kind: String, _ words: Words) -> String {
        switch kind {
        case "accounts": "People"
        case "statuses": words.title(.posts)
        default: "Hashtags"
        }
    }

    private static func help(_ words: Words) -> HTML {
        """
        A handle such as <code>@name@server.example</code>, or the address of a profile or \(words.one(.post)), opens it \
        here. Of other servers' \(words[.posts]) only those that came here are found.
        """
    }

    private static func page(_ text: String, _ results: HTML) -> OwnerPage {
        OwnerPage(
            title: text.isEmpty ? "Search" : "Search: \(text.prefix(60))", section: "/home/search",
            main: """
                <h1>Search</h1>
                <form method="get" action="/home/search" class="row" role="search">
                <label>Words, a handle or an address <input type="search" name="q" value="\(text)" maxlength="2000" \
                autocapitalize="none" dir="auto"></label>
                <button>Search</button>
                </form>
                \(results)
                """)
    }

    private static func results(_ items: [JSONValue], _ kind: String, _ visit: Visit) -> HTML {
        switch kind {
        case "accounts": return PeopleList.html(items.map(Person.init), visit.posts)
        case "statuses":
            let markup = visit.posts(.everywhere)
            return items.map(Post.init).filter { !markup.hides($0) }.map { markup.html($0) }.joined()
        default:
            let rows = items.map { item -> HTML in
                let name = item.text("name")
                return
                    "<li><a href=\"/home/tags/\(PercentCoding.encodeSegment(name))\"><bdi>#\(name)</bdi></a></li>\n"
            }
            return "<ul class=\"list\">\n\(rows.joined())</ul>\n"
        }
    }

    /// The page of the one thing that was found; nil when there are none or several.
    private static func only(_ found: JSONValue) -> String? {
        let people = found.list("accounts"), posts = found.list("statuses")
        switch (people.count, posts.count) {
        case (1, 0): return "/home/people/\(people[0].text("id"))"
        case (0, 1): return "/home/posts/\(posts[0].text("id"))"
        default: return nil
        }
    }
}

extension String {
    /// Whether it is written as `name@server` or `@name@server`.
    fileprivate var isHandle: Bool {
        let parts = (hasPrefix("@") ? dropFirst() : self[...]).split(
            separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !contains(" ")
    }
}
