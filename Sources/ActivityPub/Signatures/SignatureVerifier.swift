internal import HTTP

/// Decides whether a request comes from whom it claims to come from.
///
/// Making one checks all that can be checked without the key. Then the caller finds the key at `keyID`, and
/// `verify(key:keyOwner:)` has the last word.
package struct SignatureVerifier: Sendable {
    /// The key the sender claims to have signed with.
    package let keyID: KeyID
    let request: SignedRequest
    let signature: CavageSignature

    /// How far the clock of the sender may be off, and how long a delivery may take, in seconds.
    package static let tolerance: Int64 = 3600

    /// - Parameters:
    ///   - now: Seconds since 1970.
    ///   - allowsPlainHTTP: Whether the key may have an `http` address, as in tests.
    package init(_ request: SignedRequest, now: Int64, allowsPlainHTTP: Bool = false) throws(SignatureFault) {
        let signature = try request.signature()
        self.request = request
        self.signature = signature
        guard let keyID = KeyID(signature.keyID, allowsPlainHTTP: allowsPlainHTTP) else {
            throw .keyIDNotUsable
        }
        self.keyID = keyID
        guard SignatureVerifier.algorithms.contains(signature.algorithm) else { throw .algorithmNotSupported }
        try checkStrength()
        try checkTime(now: now)
        try checkDigest()
    }

    private static let algorithms: Set<String?> = [nil, "hs2019", "rsa-sha256", "rsa-sha512", "ed25519"]

    func covers(_ name: String) -> Bool { signature.signed.contains(name) }

    private var coversDigest: Bool { covers("digest") || covers("content-digest") }

    /// Whether the signature covers enough to be of use to us and of none to whoever records it.
    private func checkStrength() throws(SignatureFault) {
        if !signature.allowsPseudoFields, covers("(created)") || covers("(expires)") {
            throw .pseudoFieldNotAllowed
        }
        let coversTime = covers("date") || covers("(created)")
        guard coversTime, covers("(request-target)") || coversDigest else { throw .tooLittleSigned }
        guard request.method == .post else {
            guard covers("host") else { throw .tooLittleSigned }
            return
        }
        // Old software signs only date and digest of a POST; that still ties the body to a moment.
        let coversPlace = covers("host") && covers("(request-target)")
        guard coversDigest, coversPlace || covers("date") else { throw .tooLittleSigned }
    }

    private func checkTime(now: Int64) throws(SignatureFault) {
        let tolerance = SignatureVerifier.tolerance
        let signedAt = try moment()
        // No sum overflows: dates end with the year 9999, and numbers have at most 15 digits.
        guard signedAt <= now + tolerance else { throw .dateInFuture }
        guard signedAt >= now - tolerance else { throw .dateTooOld }
        if covers("(expires)"), let expires = signature.expires, now > expires + tolerance { throw .expired }
    }

    /// When the request was signed, by a value that is signed itself.
    private func moment() throws(SignatureFault) -> Int64 {
        if covers("(created)") {
            guard let created = signature.created else { throw .pseudoFieldNotAllowed }
            return created
        }
        guard let text = request.fields.joined("Date") else { throw .signedFieldAbsent }
        guard let date = HTTPDate.parse(text) else { throw .dateUnreadable }
        return date
    }

    private func checkDigest() throws(SignatureFault) {
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
