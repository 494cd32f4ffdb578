/// Somebody's address in the fediverse: `@username` here, `@username@domain` elsewhere.
///
/// Case does not tell handles apart.
package struct Handle: Hashable, Sendable {
    /// As written.
    package var username: String
    /// The host in lower case, with port if it is not the usual one; `nil` for somebody on this server.
    package var domain: String?

    package init(username: String, domain: String? = nil) {
        self.username = username
        self.domain = domain?.lowercased()
    }

    package static func == (one: Handle, other: Handle) -> Bool {
        one.domain == other.domain && one.username.lowercased() == other.username.lowercased()
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(username.lowercased())
        hasher.combine(domain)
    }
}
