package import HTTP

/// Permission for apps that run in a browser, on every answer that they may read, errors included.
/// <https://fetch.spec.whatwg.org/#http-cors-protocol>
enum CORS {
    private static let exposed =
        "Link, Mastodon-Async-Refresh, X-RateLimit-Limit, X-RateLimit-Remaining, "
        + "X-RateLimit-Reset, X-Request-Id"
    private static let usualHeaders =
        "Authorization, Content-Type, Idempotency-Key, Mastodon-Async-Refresh-Id"

    /// What the methods are on a path that is shared; nil for one that is not, such as the authorisation
    /// page.
    static func methods(for path: String) -> String? {
        if path.hasPrefix("/api/") { return "GET, POST, PUT, PATCH, DELETE, OPTIONS" }
        if path.hasPrefix("/oauth/") {
            switch path.hasSuffix("/") ? String(path.dropLast()) : path {
            case "/oauth/token", "/oauth/revoke": return "POST, OPTIONS"
            case "/oauth/userinfo": return "GET, POST, OPTIONS"
            default: return nil
            }
        }
        for prefix in ["/.well-known/", "/nodeinfo/", "/@", "/users/"] where path.hasPrefix(prefix) {
            return "GET, OPTIONS"
        }
        return nil
    }

    static func add(to response: inout Response, for request: Request) {
        guard !response.fields.contains("Access-Control-Allow-Origin"),
            methods(for: request.target.path) != nil
        else { return }
        response.fields.append("Access-Control-Allow-Origin", "*")
        response.fields.append("Access-Control-Expose-Headers", exposed)
    }

    /// The answer to a browser that asks before it calls.
    static func preflight(_ request: Request) -> Response {
        guard let methods = methods(for: request.target.path) else { return Response(.noContent) }
        return Response(
            .noContent,
            fields: [
                "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": methods,
                "Access-Control-Allow-Headers": request.fields["Access-Control-Request-Headers"]
                    ?? usualHeaders,
                "Access-Control-Expose-Headers": exposed, "Access-Control-Max-Age": "7200",
                "Vary": "Access-Control-Request-Headers, Origin",
            ])
    }
}

extension ClientAPI {
    /// The fields that let browser apps read an answer on this path which did not come from here, such as a
    /// refusal by the connection; empty where nothing is shared.
    package static func cors(for path: String) -> Fields {
        CORS.methods(for: path) == nil ? [:] : ["Access-Control-Allow-Origin": "*"]
    }

    /// A refusal that did not come from here, in the one shape that apps read; nil for paths that are not theirs.
    package static func refusal(_ status: Status, _ reason: String, for path: String) -> Response? {
        guard path.hasPrefix("/api/") || path.hasPrefix("/oauth/") && CORS.methods(for: path) != nil else {
            return nil
        }
        return APIError(status, reason).response
    }

    /// OPTIONS for every path that is shared, also those of other floors.
    var preflightRoutes: [Route] {
        [
            "/api/*rest", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known/*rest",
            "/nodeinfo/*rest",
        ].map { pattern in
            Route(.options, pattern) { request in CORS.preflight(request) }
        }
    }
}
