import HTTP

/// The cookie with the session's secret. It is sent to the owner's pages only, which all lie under `/home`.
enum SessionCookie {
    static let name = "islet"
    /// A year, as long as browsers keep one at most.
    private static let lifetime = 31_536_000

    static func secret(in request: Request) -> String? {
        for field in request.fields.values("Cookie") {
            for part in field.split(separator: ";") {
                let pair = part.drop { $0 == " " }
                guard pair.hasPrefix(name + "=") else { continue }
                let value = pair.dropFirst(name.utf8.count + 1)
                return value.isEmpty || value.utf8.count > 128 ? nil : String(value)
            }
        }
        return nil
    }

    /// - Parameter isSecure: false only for trials without TLS, where a browser would drop the cookie.
    static func set(_ secret: String, isSecure: Bool) -> String {
        "\(name)=\(secret); Path=/home; Max-Age=\(lifetime); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    static func cleared(isSecure: Bool) -> String {
        "\(name)=; Path=/home; Max-Age=0; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
