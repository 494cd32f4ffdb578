import HTTP
import Markup

/// Everything that the owner sets or keeps in order, and the page that leads to it.
extension WebPages {
    var settingsRoutes: [Route] {
        [page("/home/settings") { _ in SettingsPages.index }] + appearanceRoutes + IconDrawings.routes
            + limitedPeopleRoutes + domainRoutes + requestRoutes + tagRoutes + listRoutes + filterRoutes
            + sessionRoutes + passwordRoutes + aboutSettingsRoutes + serverRoutes
            + (connections.map { connectionRoutes($0) + movingRoutes($0) } ?? [])
    }
}

enum SettingsPages {
    /// The pages of this area, by what they are about; `/home/more` may show them too.
    static let groups: [(name: String, pages: [(address: String, name: String)])] = [
        (
            "How it looks",
            [("/home/settings/appearance", "Appearance and words"), ("/home/settings/profile", "Profile")]
        ),
        (
            "What you read",
            [
                ("/home/lists", "Lists"), ("/home/tags", "Hashtags"), ("/home/filters", "Filters"),
                ("/home/mutes", "Muted people"), ("/home/blocks", "Blocked people"),
                ("/home/domains", "Blocked servers"), ("/home/requests", "Follow requests"),
            ]
        ),
        (
            "Who is let in",
            [
                ("/home/settings/password", "Password"), ("/home/settings/sessions", "Browsers"),
                ("/home/settings/applications", "Connected apps"),
            ]
        ),
        (
            "Your connections",
            [
                ("/home/settings/connections", "Take along and bring here"),
                ("/home/settings/moving", "Moving"),
            ]
        ),
        (
            "The server",
            [
                ("/home/settings/about", "About this server"), ("/home/server", "Its state"),
            ]
        ),
    ]

    static var index: OwnerPage {
        let sections = groups.map { group -> HTML in
            let links = group.pages.map { "<li><a href=\"\($0.address)\">\($0.name)</a></li>\n" as HTML }
            return "<h2>\(group.name)</h2>\n<ul>\n\(links.joined())</ul>\n"
        }
        return OwnerPage(
            title: "Settings", section: "/home/more", main: "<h1>Settings</h1>\n" + sections.joined())
    }
}
