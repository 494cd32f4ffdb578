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

    /// An id that is an address of the web and no longer than is kept.
    static func onWeb(_ id: String) -> String? {
        id.utf8.count <= longest && WebURL(id) != nil ? id : nil
    }

    /// Whether two ids name the same thing: scheme and host compared without case and in ASCII, a default port left
    /// out, letters beyond ASCII the same as their percent-encoding in either case.
    ///
    /// The path keeps its case and its trailing slash, which are part of the name.
    package static func same(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let leftURL = WebURL(left), let rightURL = WebURL(right), leftURL.origin == rightURL.origin,
            escapesRaised(leftURL.requestTarget) == escapesRaised(rightURL.requestTarget)
        else { return false }
        return fragment(of: left) == fragment(of: right)
    }

    /// The text with the digits of each `%XX` in upper case, RFC 3986 section 6.2.2.1.
    private static func escapesRaised(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var digitsLeft = 0
        let bytes = text.utf8.map { byte -> UInt8 in
            if byte == UInt8(ascii: "%") {
                digitsLeft = 2
            } else if digitsLeft > 0 {
                digitsLeft -= 1
                if UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte { return byte & 0xDF }
            }
            return byte
        }
        return String(decoding: bytes, as: UTF8.self)
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
