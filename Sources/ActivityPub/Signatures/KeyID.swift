package import HTTP

/// The address of a key, as signatures name it.
///
/// All these are in use: `…/users/a#main-key`, `…/users/a/main-key`, `…?author=2#main-key`,
/// `https://host#main-key`, `…/users/a/#main-key`, and addresses that end with a slash.
package struct KeyID: Hashable, Sendable {
    /// The whole address, for comparison with the `id` of the key that is found there.
    package let text: String
    /// The document to fetch: the address without its fragment.
    package let document: WebURL

    /// Longest address, in bytes.
    static let limit = 2048

    /// Reads an address; `nil` if it is none, or not an `https` one: `acct:user@host` names no document.
    ///
    /// - Parameter allowsPlainHTTP: Whether `http` will do, as in tests and onion services.
    package init?(_ text: String, allowsPlainHTTP: Bool = false) {
        guard text.utf8.count <= KeyID.limit, let document = WebURL(text),
            document.scheme == "https" || allowsPlainHTTP
        else { return nil }
        self.text = text
        self.document = document
    }

    /// Whether an actor of this id may own the key: only one of the same origin can have put it there.
    package func mayBelong(to actorID: String) -> Bool {
        WebURL(actorID)?.origin == document.origin
    }
}
