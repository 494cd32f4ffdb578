import HTTP
import Markup

/// Everything that the owner sets or keeps in order, and the page that leads to it.
extension WebPages {
    var settingsRoutes: [Route] {
        [page("/home/settings") { _ in SettingsPages.index }] + appearanceRoutes + IconDrawings.routes
    }
}

enum SettingsPages {
    /// The pages of this area, by what they are about; `/home/more` may show them too.
    static let groups: [(name: String, pages: [(address: String, name: String)])] = [
        ("How it looks", [("/home/settings/appearance", "Appearance and words")])
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

extension Visit {
    /// The page of a form that worked says so, because the address says that it did.
    var doneNotice: OwnerPage.Notice? {
        query("done").isEmpty ? nil : OwnerPage.Notice(text: "Done.", isProblem: false)
    }
}
