/// What answers a request.
package typealias Handler = @Sendable (Request) async throws -> Response

/// One row of the table of everything the server answers to.
package struct Route: Sendable {
    package var method: Method
    /// A path such as `/api/v1/statuses/:id`, `/@:name` or `/files/*rest`.
    ///
    /// A segment is a literal, or a parameter `:name` with an optional literal before it; a parameter ends
    /// where a character that cannot be in a name begins, as in `/:id.json`. `*rest` at the end takes what is
    /// left.
    package var pattern: String
    package var body: BodyPolicy
    package var handle: Handler

    package init(
        _ method: Method, _ pattern: String,
        body: BodyPolicy = .buffered(limit: Limits.standard.bodyDefault), handle: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.body = body
        self.handle = handle
    }
}

/// How the body of a request reaches its handler; limits in bytes.
package enum BodyPolicy: Hashable, Sendable {
    /// Gathered before the handler runs.
    case buffered(limit: Int)
    /// Pulled by the handler.
    case streamed(limit: Int)

    package var limit: Int {
        switch self {
        case .buffered(let limit), .streamed(let limit): limit
        }
    }
}
