import Federation
import HTTP
import JSON
import Markup

/// `/home/more`: the ways to everything that has no place in the navigation.
extension WebPages {
    var moreRoutes: [Route] {
        [page("/home/more") { visit in try await more(visit) }]
    }

    private static let groups: [(title: HTML, entries: [(address: String, name: HTML)])] = [
        (
            "Reading",
            [
                ("/home/bookmarks", "Bookmarks"), ("/home/favourites", "Favourites"),
                ("/home/tags", "Hashtags"), ("/home/lists", "Lists"),
            ]
        ),
        ("Writing", [("/home/write", "Write"), ("/home/scheduled", "Scheduled posts")]),
        (
            "People",
            [
                ("/home/requests", "Follow requests"), ("/home/filters", "Filters"),
                ("/home/mutes", "Muted people"), ("/home/blocks", "Blocked people"),
                ("/home/domains", "Blocked servers"),
            ]
        ),
        (
            "Settings",
            [
                ("/home/settings/profile", "Profile"), ("/home/settings/appearance", "Appearance"),
                ("/home/settings/about", "About this server"),
                ("/home/settings/connections", "Your connections"), ("/home/settings/moving", "Moving"),
                ("/home/settings/applications", "Connected apps"), ("/home/settings/sessions", "Browsers"),
                ("/home/settings/password", "Password"), ("/home/server", "The server's state"),
            ]
        ),
    ]

    private func more(_ visit: Visit) async throws -> OwnerPage {
        let lists = try await visit.ask.get("/api/v1/lists").elements.map { list -> HTML in
            "<li><a href=\"/home/lists/\(list.text("id"))\"><bdi>\(list.text("title"))</bdi></a></li>\n"
        }
        var html: HTML = """
            <h1>More</h1>
            <h2>You</h2>
            <ul>
            <li><a href="/home/people/\(visit.owner)">Your profile and posts</a></li>
            <li><a href="/home/people/\(visit.owner)/followers">Your followers</a></li>
            <li><a href="/home/people/\(visit.owner)/following">Whom you follow</a></li>
            <li><a href="\(visit.identity.profile)">Your public page</a></li>
            </ul>

            """
        if !lists.isEmpty { html += "<h2>Your lists</h2>\n<ul>\n\(lists.joined())</ul>\n" }
        for group in WebPages.groups {
            let entries = group.entries.map { entry -> HTML in
                "<li><a href=\"\(entry.address)\">\(entry.name)</a></li>\n"
            }
            html += "<h2>\(group.title)</h2>\n<ul>\n\(entries.joined())</ul>\n"
        }
        html += visit.form("/home/logout", "<button>Sign out</button>", back: "/home")
        return OwnerPage(title: "More", section: "/home/more", main: html)
    }
}
