import Federation
import HTTP
import JSON
import Markup

/// `/home/more`: the ways to everything that has no place in the navigation.
extension WebPages {
    var moreRoutes: [Route] {
        [page("/home/more") { visit in try await more(visit) }]
    }

    private struct Group {
        let title: String
        let entries: [(address: String, name: String)]
    }

    private static func groups(_ words: Words) -> [Group] {
        [
            Group(
                title: "Reading",
                entries: [
                    ("/home/bookmarks", words.title(.bookmarks)),
                    ("/home/favourites", words.title(.favourites)),
                    ("/home/tags", "Hashtags"), ("/home/lists", "Lists"), ("/home/filters", "Filters"),
                ]),
            Group(
                title: "Writing",
                entries: [
                    ("/home/write", words.title(.write)), ("/home/scheduled", "Scheduled \(words[.posts])"),
                ]),
            Group(
                title: "People",
                entries: [
                    ("/home/requests", "Follow requests"), ("/home/mutes", "Muted people"),
                    ("/home/blocks", "Blocked people"), ("/home/domains", "Blocked servers"),
                ]),
            Group(
                title: "How it looks",
                entries: [
                    ("/home/settings/profile", "Profile"),
                    ("/home/settings/appearance", "Appearance and words"),
                ]),
            Group(
                title: "Your connections",
                entries: [
                    ("/home/settings/connections", "Take along and bring here"),
                    ("/home/settings/moving", "Moving"),
                ]),
            Group(
                title: "Who is let in",
                entries: [
                    ("/home/settings/password", "Password"), ("/home/settings/sessions", "Browsers"),
                    ("/home/settings/applications", "Connected apps"),
                ]),
            Group(
                title: "The server",
                entries: [("/home/settings/about", "About this server"), ("/home/server", "Its state")]),
        ]
    }

    private func more(_ visit: Visit) async throws -> OwnerPage {
        let lists = try await visit.ask.get("/api/v1/lists").elements.map { list -> HTML in
            "<li><a href=\"/home/lists/\(list.text("id"))\"><bdi>\(list.text("title"))</bdi></a></li>\n"
        }
        var html: HTML = """
            <h1>More</h1>
            <h2>You</h2>
            <ul>
            <li><a href="/home/people/\(visit.owner)">Your profile and \(visit.words[.posts])</a></li>
            <li><a href="/home/people/\(visit.owner)/followers">Your followers</a></li>
            <li><a href="/home/people/\(visit.owner)/following">Whom you follow</a></li>
            <li><a href="\(visit.identity.profile)">Your public page</a></li>
            </ul>

            """
        if !lists.isEmpty { html += "<h2>Your lists</h2>\n<ul>\n\(lists.joined())</ul>\n" }
        for group in WebPages.groups(visit.words) {
            let entries = group.entries.map { entry -> HTML in
                "<li><a href=\"\(entry.address)\">\(entry.name)</a></li>\n"
            }
            html += "<h2>\(group.title)</h2>\n<ul>\n\(entries.joined())</ul>\n"
        }
        html += visit.form("/home/logout", "<button>Sign out</button>", back: "/home")
        return OwnerPage(title: "More", section: "/home/more", main: html)
    }
}
