import HTTP

/// What a server of one person has none of, with the answer that apps know from servers without it.
extension ClientAPI {
    var fixedEndpoints: [Endpoint] {
        absent.map { method, path, reason in
            Endpoint(method, path, .open) { _ in throw APIError(.notFound, reason) }
        }
            + refused.map { method, path, reason in
                Endpoint(method, path, .open) { _ in throw APIError(.forbidden, reason) }
            } + [
                Endpoint(.get, "/api/v1/peers/search", .open) { _ in .emptyList },
                Endpoint(.get, "/api/v1/directory", .open) { _ in .emptyList },
                Endpoint(.delete, "/api/v1/suggestions/:id", .owner("read")) { _ in .emptyObject },
                // For monitors that know it from Mastodon.
                Endpoint(.get, "/health", .open) { _ in .text(.ok, "OK") },
            ]
    }

    /// 404 for everybody, since there is none of it whatever the token allows.
    private var absent: [(Method, String, reason: String)] {
        [
            (.get, "/api/v1/instance/privacy_policy", "This server has published no privacy policy"),
            (.get, "/api/v1/instance/terms_of_service", noTerms),
            (.get, "/api/v1/instance/terms_of_service/:date", noTerms),
            (.get, "/api/v1/instance/languages", "This server keeps no list of languages"),
            (.post, "/api/v1/accounts/:id/email_subscriptions", "This server sends no posts by mail"),
            (.post, "/api/v1/statuses/:id/translate", "This server does not translate"),
            (.get, "/api/v1/statuses/:id/card", "The card of a post is part of the post"),
            (.post, "/api/v1/announcements/:id/dismiss", noAnnouncement),
            (.put, "/api/v1/announcements/:id/reactions/:name", noAnnouncement),
            (.patch, "/api/v1/announcements/:id/reactions/:name", noAnnouncement),
            (.delete, "/api/v1/announcements/:id/reactions/:name", noAnnouncement),
            (.get, "/api/v1_alpha/async_refreshes/:id", "There is no refresh with this id"),
            (.get, "/api/v1/donation_campaigns", "This server collects no donations"),
            (.get, "/api/v1/accounts/:id/collections", noCollections),
            (.get, "/api/v1/accounts/:id/in_collections", noCollections),
            (.post, "/api/v1/collections", noCollections),
            (.get, "/api/v1/collections/:id", noCollections),
            (.put, "/api/v1/collections/:id", noCollections),
            (.patch, "/api/v1/collections/:id", noCollections),
            (.delete, "/api/v1/collections/:id", noCollections),
            (.post, "/api/v1/collections/:collection/items", noCollections),
            (.delete, "/api/v1/collections/:collection/items/:id", noCollections),
            (.post, "/api/v1/collections/:collection/items/:id/revoke", noCollections),
            (.get, "/api/v1/annual_reports", noReports),
            (.get, "/api/v1/annual_reports/:year", noReports),
            (.post, "/api/v1/annual_reports/:year/generate", noReports),
            (.post, "/api/v1/annual_reports/:year/read", noReports),
            (.get, "/api/v1/annual_reports/:year/state", noReports),
        ]
    }

    /// 403 for everybody, also for the owner: there are no accounts to make, and the console administers.
    private var refused: [(Method, String, reason: String)] {
        let methods: [Method] = [.get, .post, .put, .patch, .delete]
        return [
            (.post, "/api/v1/accounts", "This server is for one person and takes no registrations"),
            (.post, "/api/v1/emails/confirmations", "This server has no addresses to confirm"),
        ]
            + methods.flatMap { method in
                ["/api/v1/admin/*rest", "/api/v2/admin/*rest"].map { path in
                    (method, path, "This server is not administered through the API")
                }
            }
    }

    private var noTerms: String { "This server has published no terms of service" }
    private var noAnnouncement: String { "There is no announcement with this id" }
    private var noCollections: String { "This server has no collections" }
    private var noReports: String { "This server makes no annual reports" }
}
