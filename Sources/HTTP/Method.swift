/// What a request wants done, RFC 9110 section 9. Case matters in it.
package struct Method: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The method spelled by these bytes, or nil if they are not a token.
    package init?(token bytes: some Collection<UInt8>) {
        // The usual ones cost no allocation either way: texts up to 15 bytes live inside the String.
        guard ASCII.isToken(bytes) else { return nil }
        rawValue = String(decoding: bytes, as: UTF8.self)
    }

    package static let get = Method(rawValue: "GET")
    package static let head = Method(rawValue: "HEAD")
    package static let post = Method(rawValue: "POST")
    package static let put = Method(rawValue: "PUT")
    package static let patch = Method(rawValue: "PATCH")
    package static let delete = Method(rawValue: "DELETE")
    package static let options = Method(rawValue: "OPTIONS")
}
