import Federation
import HTTP
import Markup
import Storage

/// `/robots.txt` and `/sitemap.xml`, as the owner chose to be found.
extension WebPages {
    /// Addresses in the sitemap, the newest posts. The protocol allows 50,000, <https://www.sitemaps.org/protocol.html>;
    /// older posts are linked from page to page.
    private static let mapped = 1_000

    var crawlerRoutes: [Route] {
        [
            Route(.get, "/robots.txt") { request in
                try await everybody(request, at: "/robots.txt", knowing: []) { request in
                    layout.response(
                        Array(try robots().utf8), "text/plain; charset=utf-8", to: request)
                }
            },
            Route(.get, "/sitemap.xml") { request in
                guard try wishes().isIndexable else { return notFound(request) }
                return try await everybody(request, at: "/sitemap.xml", knowing: []) { request in
                    layout.response(try sitemap().bytes, "application/xml; charset=utf-8", to: request)
                }
            },
        ]
    }

    /// Whether the profile may be found, and whether the posts may be.
    private func wishes() throws -> (isDiscoverable: Bool, isIndexable: Bool) {
        let owner = try store.read { try Actors.find(identity.owner, in: $0) }
        return (owner?.discoverable ?? false, owner?.indexable ?? false)
    }

    /// Pages stay readable for crawlers also when they must not be listed: only who reads one sees that it says so.
    private func robots() throws -> String {
        let closed = ["/api/", "/oauth/", "/home", "/interact", "/authorize_interaction", "/share"]
        let map = try wishes().isIndexable ? "\nSitemap: \(identity.origin)/sitemap.xml\n" : ""
        return "User-agent: *\n" + closed.map { "Disallow: \($0)\n" }.joined() + map
    }

    private func sitemap() throws -> HTML {
        var filter = ProfileFilter()
        filter.visibility = .public
        filter.excludesReblogs = true
        let posts = try store.read {
            try Statuses.page(of: identity.owner, Page(limit: WebPages.mapped), filter: filter, in: $0)
        }
        let pages = try wishes().isDiscoverable ? [identity.profile, "\(identity.origin)/about"] : []
        let addresses = pages + posts.map { identity.statusPage($0) }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            \(addresses.map { "<url><loc>\($0)</loc></url>\n" as HTML }.joined())</urlset>

            """
    }
}
