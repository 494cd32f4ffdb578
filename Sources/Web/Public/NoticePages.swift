import Federation
import HTTP

/// Pages that apps open in a browser because Mastodon has them, and what takes their place here.
extension WebPages {
    var noticeRoutes: [Route] {
        let settings = ["/auth/edit", "/settings/profile", "/settings/delete", "/settings/applications"]
        return settings.map { path in
            Route(.get, path) { _ in
                layout.notice(
                    .ok, "Settings are in your app",
                    "The profile is edited in the app that you use with this server. "
                        + "Everything else is changed on the server itself, with the command islet.")
            }
        } + [
            Route(.get, "/terms") { _ in
                layout.notice(
                    .ok, "No terms of service",
                    "This server belongs to one person, who has published no terms of service here.")
            }
        ]
    }
}
