package import HTTP

/// A request that claims to be signed, in the parts that a signature can cover.
package struct SignedRequest: Sendable {
    package var method: Method
    /// Path and query as received, not decoded.
    package var target: String
    /// The host others know us by, with the port if it is not the default one.
    ///
    /// From our configuration, not from the request: a proxy may have rewritten that, and a signature made
    /// for another host must not be good here.
    package var host: String
    /// `https`, unless others reach us without it, as in tests.
    package var scheme: String
    package var fields: Fields
    package var body: [UInt8]

    package init(
        method: Method, target: String, host: String, scheme: String = "https", fields: Fields,
        body: [UInt8]
    ) {
        self.method = method
        self.target = target
        self.host = host
        self.scheme = scheme
        self.fields = fields
        self.body = body
    }

    /// The host as RFC 9421 §2.2.3 wants it: in lower case.
    var authority: String { String(decoding: host.utf8.lowercasedASCII(), as: UTF8.self) }

    /// The signature of draft-cavage-12: in the `Signature` header, or in an `Authorization` header of that
    /// scheme. `nil` if there is none.
    func cavageSignature() throws(SignatureFault) -> CavageSignature? {
        // RFC 9421 uses a header of the same name, with another content, beside `Signature-Input`.
        let isMessageSignature = fields.contains("Signature-Input")
        var candidates = fields.values("Signature").filter { !isMessageSignature || $0.contains("keyId=") }
        if candidates.isEmpty {
            candidates = fields.values("Authorization").filter { SignedRequest.schemeLength($0) != nil }
        }
        guard let candidate = candidates.first else { return nil }
        // Two signatures, of which we would check only one, are an invitation to confusion.
        guard candidates.count == 1 else { throw .repeatedParameter }
        return try CavageSignature(
            String(
                decoding: candidate.utf8.dropFirst(SignedRequest.schemeLength(candidate) ?? 0), as: UTF8.self)
        )
    }

    /// The length of a leading `Signature `, in bytes. The names of schemes have no case (RFC 9110 §11.1).
    private static func schemeLength(_ value: String) -> Int? {
        let scheme = Array("signature ".utf8)
        let start = value.utf8.prefix(scheme.count).lowercasedASCII()
        return start == scheme ? scheme.count : nil
    }
}
