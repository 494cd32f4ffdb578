import HTTP
import JSON
import Markup

/// `/home/people/ID`: anybody's profile as the owner sees it, with their posts and what can be done about them.
extension WebPages {
    /// Posts on a page of somebody's.
    private static let latest = 30

    /// Which of somebody's posts a tab shows.
    private struct Tab {
        let path: String
        let name: @Sendable (Words) -> String
        let query: [(String, String)]
    }

    private static let tabs = [
        Tab(path: "", name: { $0.title(.posts) }, query: [("exclude_replies", "true")]),
        Tab(path: "/replies", name: { "\($0.title(.posts)) and \($0[.replies])" }, query: []),
        Tab(path: "/media", name: { _ in "Media" }, query: [("only_media", "true")]),
    ]

    var personRoutes: [Route] {
        WebPages.tabs.map { tab in
            page("/home/people/:id\(tab.path)") { visit in try await person(visit, tab) }
        } + [
            page("/home/people/:id/followers") { visit in
                try await relations(visit, "followers", of: "Followers of")
            },
            page("/home/people/:id/following") { visit in
                try await relations(visit, "following", of: "Followed by")
            },
        ]
    }

    private func person(_ visit: Visit, _ tab: Tab) async throws -> OwnerPage {
        let person = try await visit.person()
        let isFirst = Cursor.query(visit, limit: 0).count == 1
        let path = "/api/v1/accounts/\(person.id)/statuses"
        let markup = visit.posts(.account)
        var pinned: [Post] = []
        if isFirst, tab.path.isEmpty {
            pinned = try await visit.ask.get(path, [("pinned", "true")]).elements.map(Post.init)
        }
        let answer = try await visit.ask.get(path, tab.query + Cursor.query(visit, limit: WebPages.latest))
        let base = "/home/people/\(person.id)"
        // A pinned post stands above only, or its name would be on the page twice.
        let above = Set(pinned.map(\.id))
        let list = Timeline(answer, at: base + tab.path, visit, markup) { !above.contains($0.id) }
        var html = PersonCard(person: person, visit: visit, isWhole: isFirst).html(
            try await visit.ties([person.id])[person.id],
            lists: isFirst ? try await lists(with: person, visit) : nil)
        html += WebPages.tabs(base, current: tab.path, visit.words)
        if !pinned.isEmpty {
            html += "<section>\n<h2>Pinned</h2>\n\(pinned.map { markup.html($0) }.joined())</section>\n"
        }
        html += "<section>\n<h2>\(tab.name(visit.words))</h2>\n\(list.html)</section>\n"
        return OwnerPage(title: "\(person.name) (@\(person.acct))", main: html)
    }

    private static func tabs(_ base: String, current: String, _ words: Words) -> HTML {
        let links = tabs.map { tab -> HTML in
            let mark: HTML = tab.path == current ? " aria-current=\"page\"" : HTML()
            return "<a href=\"\(base)\(tab.path)\"\(mark)>\(tab.name(words))</a>\n"
        }
        return "<nav class=\"tabs\" aria-label=\"\(words.title(.posts))\">\n\(links.joined())</nav>\n"
    }

    /// All lists of the owner's, and which of them the person is on.
    private func lists(with person: Person, _ visit: Visit) async throws -> PersonCard.Lists {
        let all = try await visit.ask.get("/api/v1/lists").elements
        guard !all.isEmpty else { return PersonCard.Lists(all: [], with: []) }
        let with = try await visit.ask.get("/api/v1/accounts/\(person.id)/lists").elements
        return PersonCard.Lists(
            all: all.map { ($0.text("id"), $0.text("title")) }, with: Set(with.map { $0.text("id") }))
    }

    private func relations(_ visit: Visit, _ kind: String, of title: String) async throws -> OwnerPage {
        let person = try await visit.person()
        let title = "\(title) \(person.name)"
        let isOwner = person.id == visit.owner
        let main: HTML
        if isOwner {
            let answer = try await visit.ask.get(
                "/api/v1/accounts/\(person.id)/\(kind)", Cursor.query(visit, limit: PeopleList.people))
            main = PeopleList(answer, visit).html(at: "/home/people/\(person.id)/\(kind)")
        } else {
            let link: HTML =
                WebURL(person.url) == nil
                ? HTML() : " <a href=\"\(person.url)\" rel=\"noreferrer\">See it there</a>."
            main = "<p>Only their own server knows the whole list.\(link)</p>\n"
        }
        return OwnerPage(
            title: title,
            main: """
                <h1><bdi>\(title)</bdi></h1>
                <p class="note"><a href="/home/people/\(person.id)">To the profile</a></p>
                \(main)
                """)
    }
}

extension Visit {
    /// The person whom the address names.
    func person() async throws -> Person {
        Person(try await ask.get("/api/v1/accounts/\(segment("id"))").root)
    }
}
