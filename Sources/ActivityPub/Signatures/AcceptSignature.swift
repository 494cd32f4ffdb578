package import HTTP

/// The `Accept-Signature` field, by which an answer of 401 says what should be signed. RFC 9421 §5.1.
package enum AcceptSignature {
    /// What we want of a request with this method.
    package static func value(for method: Method) -> String {
        let digest = method == .post ? #" "content-digest""# : ""
        return #"sig1=("@method" "@target-uri" "@authority"\#(digest));created;keyid"#
    }
}
