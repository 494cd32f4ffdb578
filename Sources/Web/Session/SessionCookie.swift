import Federation
import HTTP

/// The cookie with the session's secret. It is sent to the owner's pages only, which all lie under `/home`.
struct SessionCookie: Sendable {
    /// With a prefix that browsers keep for cookies set over TLS.
    let name: String
    private let isSecure: Bool

    /// A year in seconds, as long as browsers keep one at most.
    private static let lifetime = 31_536_000
    /// Cookies of this name that are tried: a neighbour on another name of the domain can set some, too.
    private static let most = 8

    init(_ identity: Identity) {
        // Only trials go without TLS, where a browser would drop a secure cookie.
        isSecure = identity.scheme == "https"
        name = isSecure ? "__Secure-islet" : "islet"
    }

    /// What may be the secret, as the browser sent it.
    func secrets(in request: Request) -> [String] {
        var secrets: [String] = []
        for field in request.fields.values("Cookie") {
            for part in field.split(separator: ";") where secrets.count < SessionCookie.most {
                let pair = part.drop { $0 == " " }
                let value = pair.dropFirst(name.utf8.count + 1)
                if pair.hasPrefix(name + "="), 1...128 ~= value.utf8.count { secrets.append(String(value)) }
            }
        }
        return secrets
    }

    /// The field's value that keeps this secret.
    func set(_ secret: String) -> String { field(secret, lifetime: SessionCookie.lifetime) }

    /// The field's value that makes the browser forget.
    var cleared: String { field("", lifetime: 0) }

    private func field(_ value: String, lifetime: Int) -> String {
        "\(name)=\(value); Path=/home; Max-Age=\(lifetime); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }
}
