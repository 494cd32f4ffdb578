/// How the program asks other servers; handed down to whoever needs it, so that tests need no network.
package typealias SendRequest = @Sendable (OutboundRequest) async throws(SendError) -> OutboundResponse

/// How the program asks other servers for what is too large to be gathered: the body is pulled as it comes.
package typealias OpenRequest = @Sendable (OutboundRequest) async throws(SendError) -> IncomingResponse

/// A request to another server, with everything that bounds it.
package struct OutboundRequest: Sendable {
    package var method: Method
    package var url: WebURL
    package var fields: Fields
    package var body: [UInt8]
    /// Longest body of the response, in bytes.
    package var maxBody: Int
    /// How many redirects to follow.
    package var redirects: Int
    /// For the whole exchange, redirects included.
    package var deadline: Duration
    /// Extra fields for each hop, for example a signature, made for the URL really asked.
    package var prepare: (@Sendable (WebURL) async throws(SendError) -> Fields)?

    /// - Parameter redirects: by default those of `Limits` for GET and HEAD, and none for anything else: a
    ///   signature over a body would not match at another address.
    package init(
        method: Method = .get, url: WebURL, fields: Fields = Fields(), body: [UInt8] = [],
        maxBody: Int = Limits.standard.documentBytes, redirects: Int? = nil,
        deadline: Duration = Limits.standard.exchange,
        prepare: (@Sendable (WebURL) async throws(SendError) -> Fields)? = nil
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
        self.maxBody = maxBody
        self.redirects = redirects ?? (method == .get || method == .head ? Limits.standard.redirects : 0)
        self.deadline = deadline
        self.prepare = prepare
    }
}

/// What another server answered.
package struct OutboundResponse: Sendable {
    package var status: Status
    package var fields: Fields
    package var body: [UInt8]
    /// Where the answer came from, after redirects.
    package var url: WebURL

    package init(status: Status, fields: Fields = Fields(), body: [UInt8] = [], url: WebURL) {
        self.status = status
        self.fields = fields
        self.body = body
        self.url = url
    }
}

/// An answer of another server whose body is still coming.
///
/// `maxBody` of the request bounds the body; one that is longer, comes too slowly or breaks off throws a `SendError`
/// from `body`. Whoever does not read to the end must `close`, which ends the connection.
package struct IncomingResponse: Sendable {
    package var status: Status
    package var fields: Fields
    /// That of the whole body, if it was said; in bytes.
    package var length: Int?
    /// Where the answer came from, after redirects.
    package var url: WebURL
    package var body: BodyStream
    package var close: @Sendable () -> Void

    package init(
        status: Status, fields: Fields = Fields(), length: Int? = nil, url: WebURL, body: BodyStream,
        close: @escaping @Sendable () -> Void = {}
    ) {
        self.status = status
        self.fields = fields
        self.length = length
        self.url = url
        self.body = body
        self.close = close
    }
}

/// Why another server could not be asked, or did not answer.
package enum SendError: Error, Hashable, Sendable {
    case invalidURL
    /// The address is not one of the public internet.
    case addressRefused
    case nameNotFound
    case resolverFailed
    /// There was no connection, so nothing can have arrived.
    case connectionFailed(String)
    /// The connection ended before the whole answer was there.
    case disconnected(String)
    case tls(String)
    case timedOut
    case bodyTooLarge(limit: Int)
    case malformedResponse
    case tooManyRedirects
    case plainHTTPRefused
    /// We are asking too many at once ourselves.
    case overloaded
    case cancelled

    /// Whether the same request may succeed later, so that trying again makes sense.
    ///
    /// A certificate can be renewed and a name can come back, so both pass; what the peer said in full, or
    /// what we refuse ourselves, does not.
    package var isPassing: Bool {
        switch self {
        case .nameNotFound, .resolverFailed, .connectionFailed, .disconnected, .tls, .timedOut,
            .malformedResponse, .overloaded, .cancelled:
            true
        case .invalidURL, .addressRefused, .bodyTooLarge, .tooManyRedirects, .plainHTTPRefused:
            false
        }
    }
    /// Whether the other side may have received, and done, what it was asked although its answer was not.
    package var mayHaveArrived: Bool {
        switch self {
        case .disconnected, .timedOut, .malformedResponse, .bodyTooLarge, .cancelled: true
        case .nameNotFound, .resolverFailed, .connectionFailed, .tls, .overloaded, .invalidURL,
            .addressRefused, .tooManyRedirects, .plainHTTPRefused:
            false
        }
    }
}
