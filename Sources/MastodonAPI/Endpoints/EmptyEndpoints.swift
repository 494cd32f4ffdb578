import HTTP

/// What this server has none of and apps ask for all the same; they take an empty answer.
extension ClientAPI {
    var emptyEndpoints: [Endpoint] {
        let lists: [(String, Access)] = [
            ("/api/v1/custom_emojis", .open),
            ("/api/v1/instance/peers", .open),
            ("/api/v1/instance/activity", .open),
            ("/api/v1/instance/domain_blocks", .open),
            ("/api/v1/announcements", .owner("read")),
            ("/api/v1/trends", .open),
            ("/api/v1/trends/tags", .open),
            ("/api/v1/trends/statuses", .open),
            ("/api/v1/trends/links", .open),
            ("/api/v1/suggestions", .owner("read")),
            ("/api/v2/suggestions", .owner("read")),
            ("/api/v1/featured_tags/suggestions", .owner("read:accounts")),
        ]
        return lists.map { path, access in
            Endpoint(.get, path, access) { _ in .emptyList }
        } + [
            // An object: a list stops some apps.
            Endpoint(.get, "/api/v1/instance/translation_languages", .open) { _ in .emptyObject }
        ]
    }

    /// Everything else under `/api`, whatever the method.
    var unknownEndpoints: [Endpoint] {
        let methods: [Method] = [.get, .post, .put, .patch, .delete]
        return methods.map { method in
            Endpoint(method, "/api/*rest", .open) { _ in throw APIError.notFound }
        }
    }
}
