import HTTP

/// What the address of an object says about who may speak for it.
///
/// The origin (scheme, host, port) of an id is its authority: content is trusted when it came from there.
/// <https://codeberg.org/fediverse/fep/src/branch/main/fep/fe34/fep-fe34.md>
package enum ObjectID {
    /// Longest id that is kept, in bytes. Mastodon's limit.
    package static let longest = 2_048

    /// `https://host` or `https://host:port`, in lower case; nil when it is no address of the web.
    package static func origin(of uri: String) -> String? {
        WebURL(uri)?.origin
    }

    /// Whether both are addresses of one origin. What is no address of the web has no origin.
    package static func sameOrigin(_ left: String, _ right: String) -> Bool {
        guard let origin = origin(of: left) else { return false }
        return origin == self.origin(of: right)
    }

    /// Where the document that contains the object is: the id without its fragment.
    package static func documentURL(of id: String) -> String {
        guard let mark = id.utf8.firstIndex(of: UInt8(ascii: "#")) else { return id }
        return String(id[..<mark])
    }

    /// Whether two ids name the same thing: scheme and host compared without case, a default port left out.
    ///
    /// The path keeps its case and its trailing slash, which are part of the name.
    package static func same(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let leftURL = WebURL(left), let rightURL = WebURL(right), leftURL == rightURL else {
            return false
        }
        return fragment(of: left) == fragment(of: right)
    }

    private static func fragment(of id: String) -> Substring? {
        id.utf8.firstIndex(of: UInt8(ascii: "#")).map { id[$0...] }
    }

    /// Whether an id of somebody else's may be stored and asked for.
    ///
    /// - Parameter plainHTTPAllowed: for tests and neighbours on one machine; then names without a dot pass too.
    package static func isAcceptable(_ id: String, plainHTTPAllowed: Bool) -> Bool {
        guard id.utf8.count <= longest, let url = WebURL(id) else { return false }
        if plainHTTPAllowed { return true }
        return url.isSecure && url.host.utf8.contains(UInt8(ascii: "."))
    }
}
