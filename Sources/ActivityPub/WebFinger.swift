package import HTTP
import JSON

/// Finding an actor by handle, and a handle by actor: RFC 7033.
package enum WebFinger {
    package static let contentType = "application/jrd+json; charset=utf-8"

    /// What a question is about.
    package enum Resource: Equatable, Sendable {
        /// `domain` in lower case and ASCII, with the port when one was given.
        case account(username: String, domain: String)
        case address(WebURL)
    }

    /// Reads a `resource`: `acct:name@host`, also without `acct:` or with an `@` before the name, or an address.
    package static func resource(_ text: String) -> Resource? {
        guard text.utf8.count <= ObjectID.longest else { return nil }
        if let url = WebURL(text) { return .address(url) }
        let hasScheme = text.utf8.prefix(5).map { $0 | 0x20 }.elementsEqual("acct:".utf8.map { $0 | 0x20 })
        return account(hasScheme ? String(text.dropFirst(5)) : text)
    }

    /// Reads `name@host` or `@name@host`.
    package static func account(_ text: String) -> Resource? {
        let handle = text.utf8.first == UInt8(ascii: "@") ? text.dropFirst() : text[...]
        guard let at = handle.utf8.lastIndex(of: UInt8(ascii: "@")) else { return nil }
        let name = handle[..<at]
        guard !name.isEmpty, !name.contains(where: { $0 == "@" || $0 == "/" || $0.isWhitespace }),
            let url = WebURL("https://" + handle[handle.index(after: at)...]), url.path == "/",
            url.query == nil,
            !handle.utf8.contains(UInt8(ascii: "/")), !handle.utf8.contains(UInt8(ascii: "?")),
            !handle.utf8.contains(UInt8(ascii: "#"))
        else { return nil }
        return .account(username: String(name), domain: url.authority)
    }

    /// Where to ask about an account.
    ///
    /// - Parameter scheme: `https`, or `http` between neighbours on one machine.
    package static func url(username: String, domain: String, scheme: String = "https") -> String {
        let resource = PercentCoding.encodeQuery("acct:\(username)@\(domain)")
        return "\(scheme)://\(domain)/.well-known/webfinger?resource=\(resource)"
    }

    /// Where somebody's host-meta document says that WebFinger is answered, with `{uri}` for the resource.
    package static func template(inHostMeta document: String) -> String? {
        HostMeta.template(in: document)
    }
}
