import ActivityPub
package import Basics
package import HTTP
package import JSON

/// Why a document of another server is not to be had.
package enum FetchError: Error, Sendable {
    /// It may be there later.
    case passing(String)
    /// It is gone for good (410).
    case gone
    /// It is not there (404), now or for us.
    case missing
    /// We may not have it, or it is not what it should be.
    case refused(String)

    package var isPassing: Bool {
        if case .passing = self { true } else { false }
    }
}

/// Reads documents of other servers, in the name of the instance so that reading does not say who reads.
///
/// What it returns came from the origin of its own id: federation content is trusted only from there.
package struct Fetcher: Sendable {
    let knock: Knock
    let userAgent: String
    private let plainHTTPAllowed: Bool
    private let clock: Clock
    private var purpose = HostManners.Purpose.now
    private var pace: HostPace?

    package init(knock: Knock, userAgent: String, plainHTTPAllowed: Bool, clock: Clock) {
        self.knock = knock
        self.userAgent = userAgent
        self.plainHTTPAllowed = plainHTTPAllowed
        self.clock = clock
    }

    /// The same for what nobody waits for.
    var inBackground: Fetcher { with(.background) }
    /// The same for what anybody can make us ask.
    var forStrangers: Fetcher { with(.stranger) }

    /// The same with a budget of its own, and no share in that of the day.
    func paced(by pace: HostPace) -> Fetcher {
        var fetcher = with(.paced)
        fetcher.pace = pace
        return fetcher
    }

    private func with(_ purpose: HostManners.Purpose) -> Fetcher {
        var fetcher = self
        fetcher.purpose = purpose
        return fetcher
    }

    /// Whether an id may be stored and asked for at all.
    package func accepts(_ id: String) -> Bool {
        ObjectID.isAcceptable(id, plainHTTPAllowed: plainHTTPAllowed)
    }

    /// The ActivityPub document at `uri`, whose id is where it came from.
    package func document(_ uri: String) async throws(FetchError) -> JSONValue {
        let (first, from) = try await get(uri)
        guard let id = first.firstID, !ObjectID.same(ObjectID.documentURL(of: id), from.string) else {
            return try checked(first, from: from)
        }
        // A page's address, or a redirect: the document is believed when it comes from its own id.
        let (second, final) = try await get(id)
        guard second.firstID.map({ ObjectID.same($0, id) }) == true else {
            throw .refused("its id names another document")
        }
        return try checked(second, from: final)
    }

    /// A JSON document that is no ActivityPub, such as a WebFinger answer.
    package func json(_ url: WebURL, accept: String, limit: Int) async throws(FetchError) -> (
        JSONValue, WebURL
    ) {
        let response = try await ask(
            OutboundRequest(url: url, fields: ["Accept": accept, "User-Agent": userAgent], maxBody: limit),
            isSigned: false)
        return (try parse(response.body), response.url)
    }

    /// Any text, such as a host-meta document.
    package func text(_ url: WebURL, accept: String, limit: Int) async throws(FetchError) -> String {
        let response = try await ask(
            OutboundRequest(url: url, fields: ["Accept": accept, "User-Agent": userAgent], maxBody: limit),
            isSigned: false)
        return String(decoding: response.body, as: UTF8.self)
    }

    /// Longest page that is read for its links, in bytes.
    private static let longestPage = 1 << 20

    /// A page for people, asked for in the background; nil when it is gone, too long, or not for us.
    ///
    /// - Throws: `FetchError` when it may be had later.
    package func page(at url: WebURL) async throws(FetchError) -> [UInt8]? {
        let fields: Fields = ["Accept": "text/html", "User-Agent": userAgent]
        do {
            return try await inBackground.ask(
                OutboundRequest(url: url, fields: fields, maxBody: Fetcher.longestPage), isSigned: false
            ).body
        } catch {
            if error.isPassing { throw error }
            return nil
        }
    }

    /// A collection or a page of one, whose id need not be its address, and where it came from.
    ///
    /// Nothing in it is to be believed but what has an id of that origin.
    func page(_ uri: String) async throws(FetchError) -> (JSONValue, WebURL) {
        try await get(uri)
    }

    private func get(_ uri: String) async throws(FetchError) -> (JSONValue, WebURL) {
        guard accepts(uri), let url = WebURL(uri) else { throw .refused("not an address that may be asked") }
        var request = OutboundRequest(
            url: url, fields: ["Accept": Vocabulary.accept, "User-Agent": userAgent])
        var response = try await exchange(request, isSigned: true)
        if Fetcher.isWall(response) {
            // Some walls before a server take the longer type, and the profile in it, for an attack.
            request.fields["Accept"] = "application/activity+json"
            response = try await exchange(request, isSigned: true)
        }
        try await check(response.status, response.fields, of: url.authority)
        guard Vocabulary.isDocumentType(response.fields["Content-Type"]) else {
            throw .refused("not an ActivityPub document but \(response.fields["Content-Type"] ?? "untyped")")
        }
        return (try parse(response.body), response.url)
    }

    private func ask(
        _ request: OutboundRequest, isSigned: Bool
    ) async throws(FetchError) -> OutboundResponse {
        let response = try await exchange(request, isSigned: isSigned)
        try await check(response.status, response.fields, of: request.url.authority)
        return response
    }

    /// One question, whatever the answer is.
    private func exchange(
        _ request: OutboundRequest, isSigned: Bool
    ) async throws(FetchError) -> OutboundResponse {
        await pace?.wait(for: request.url.authority)
        try await knock.manners.admit(request.url.authority, for: purpose)
        do {
            let response = try await isSigned ? knock(request, as: .instance) : knock.unsigned(request)
            pace?.noteAnswer()
            return response
        } catch {
            // That there is no such name is an answer, of a resolver.
            if error == .nameNotFound { pace?.noteAnswer() }
            if error.isPassing { throw .passing(String(describing: error)) }
            throw .refused(String(describing: error))
        }
    }

    /// - Throws: when the answer is not the document.
    func check(_ status: Status, _ fields: Fields, of host: String) async throws(FetchError) {
        let code = status.code
        switch code {
        case 200: return
        case 410: throw .gone
        case 404: throw .missing
        case 408, 425, 429, 500...599:
            if code == 429 || code == 503 {
                let wait = RetryAfter.duration(fields["Retry-After"], at: clock.now())
                if let wait { await knock.manners.rest(host, for: wait) }
            }
            throw .passing("HTTP \(code)")
        default: throw .refused("HTTP \(code)")
        }
    }

    private static func isWall(_ response: OutboundResponse) -> Bool {
        [403, 406, 418].contains(response.status.code)
            && response.fields["Content-Type"]?.lowercased().hasPrefix("text/html") == true
    }

    private func parse(_ body: [UInt8]) throws(FetchError) -> JSONValue {
        do {
            return try Document(body).root
        } catch {
            throw .refused("not JSON: \(error)")
        }
    }

    private func checked(_ document: JSONValue, from url: WebURL) throws(FetchError) -> JSONValue {
        guard let id = document.firstID, ObjectID.sameOrigin(id, url.string) else {
            throw .refused("it came from another origin than its id")
        }
        return document
    }
}
