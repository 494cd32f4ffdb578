import HTTP

/// The server that a visitor has their account at, as they typed it.
struct VisitorsServer: Equatable {
    /// Nil when only the server was named.
    let username: String?
    /// With the port unless it is the usual one, in ASCII.
    let host: String

    /// Reads `user@host` with or without `@` before it, `host`, or the address of a page there; nil for anything else.
    init?(_ text: String) {
        let text = String(text.filter { !$0.isWhitespace })
        guard 1...320 ~= text.utf8.count else { return nil }
        if let url = WebURL(text) {
            guard url.isSecure else { return nil }
            self.init(username: nil, host: url.authority)
            return
        }
        let parts = text.drop { $0 == "@" }.split(separator: "@", omittingEmptySubsequences: false)
        guard let host = parts.last, parts.count <= 2, let url = WebURL("https://\(host)/"), url.path == "/",
            url.query == nil
        else { return nil }
        let username = parts.count == 2 ? parts.first.map(String.init) : nil
        guard username != "" else { return nil }
        self.init(username: username, host: url.authority)
    }

    private init?(username: String?, host: String) {
        guard host.contains(".") else { return nil }
        self.username = username
        self.host = host
    }

    /// Where the visitor goes on.
    ///
    /// - Parameters:
    ///   - template: what their server says, with `{uri}` in it; without one, where most servers have it.
    ///   - uri: what they want to follow or answer.
    func destination(_ template: String?, for uri: String) -> String {
        let encoded = PercentCoding.encodeQuery(uri)
        if let url = template.flatMap({ WebURL($0.replacing("{uri}", with: encoded)) }), url.isSecure {
            return url.string
        }
        return "https://\(host)/authorize_interaction?uri=\(encoded)"
    }
}
