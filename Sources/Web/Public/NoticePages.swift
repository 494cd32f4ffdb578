import Federation
import HTTP

/// Pages that apps open in a browser because Mastodon has them, and what takes their place here.
extension WebPages {
    var noticeRoutes: [Route] {
        let settings = [
            ("/auth/edit", "/home/settings/password"), ("/settings/profile", "/home/settings/profile"),
            ("/settings/applications", "/home/settings/applications"), ("/settings/delete", "/home/more"),
        ]
        return settings.map { path, page in
            Route(.get, path) { _ in Response.redirect(.found, to: identity.origin + page) }
        } + [
            Route(.get, "/terms") { _ in
                layout.notice(
                    .ok, "No terms of service",
                    "This server belongs to one person, who has published no terms of service here.")
            }
        ]
    }
}
