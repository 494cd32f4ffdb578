internal import Crypto
internal import HTTP

/// A signature that came with a request, of either scheme.
protocol RequestSignature: Sendable {
    /// Where the key can be found, as the sender spells it.
    var keyID: String { get }

    /// What is signed, in this order; field names in lower case.
    var signed: [String] { get }

    /// Checks all that can be checked without the key.
    func check(_ request: SignedRequest, now: Int64) throws(SignatureFault)

    /// Whether the private half of this key made the signature over this request.
    func isValid(for request: SignedRequest, key: PublicKey) throws(SignatureFault) -> Bool
}

extension RequestSignature {
    func covers(_ name: String) -> Bool { signed.contains(name) }

    var coversDigest: Bool { covers("digest") || covers("content-digest") }

    /// Whether the moment of signing is near enough.
    ///
    /// - Parameter expires: When the signer wants it to end, if that is signed as well.
    func checkTime(signedAt: Int64, expires: Int64?, now: Int64) throws(SignatureFault) {
        let tolerance = SignatureVerifier.tolerance
        // No sum overflows: dates end with the year 9999, and numbers have at most 15 digits.
        guard signedAt <= now + tolerance else { throw .dateInFuture }
        // Whoever signs for five minutes and is an hour off is still believed, as elsewhere.
        guard signedAt >= now - tolerance - 300 else { throw .dateTooOld }
        if let expires, now > expires + tolerance { throw .expired }
    }

    /// Whether the digests that are signed are those of the body.
    func checkDigest(of request: SignedRequest) throws(SignatureFault) {
        if request.method == .post, request.body.isEmpty { throw .emptyBody }
        if covers("digest") {
            guard let header = request.fields.joined("Digest") else { throw .signedFieldAbsent }
            try ContentDigest.check(header: header, body: request.body)
        }
        if covers("content-digest") {
            guard let header = request.fields.joined("Content-Digest") else { throw .signedFieldAbsent }
            try ContentDigest.check(structuredHeader: header, body: request.body)
        }
    }
}
