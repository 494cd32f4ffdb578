internal import Crypto
internal import HTTP

extension MessageSignature: RequestSignature {
    func check(_ request: SignedRequest, now: Int64) throws(SignatureFault) {
        let known: [String?] = [nil, "rsa-v1_5-sha256", "rsa-pss-sha512", "ed25519"]
        guard known.contains(algorithm) else { throw .algorithmNotSupported }
        guard !hasUnknownManner, signed.allSatisfy(MessageSignature.isKnown) else {
            throw .componentNotSupported
        }
        let hasQuery = request.target.utf8.contains(UInt8(ascii: "?"))
        let coversTarget = covers("@path") && (covers("@query") || !hasQuery) || covers("@request-target")
        let coversPlace = covers("@target-uri") || covers("@authority") && coversTarget
        guard covers("@method"), coversPlace, let created else { throw .tooLittleSigned }
        if request.method == .post { guard covers("content-digest") else { throw .tooLittleSigned } }
        try checkTime(signedAt: created, expires: expires, now: now)
        try checkDigest(of: request)
        // What is signed but not there can be told without the key.
        _ = try base(for: request)
    }

    /// Names of fields are signed in lower case (RFC 9421 §2.1), and `@status` has no place in a request.
    private static func isKnown(_ name: String) -> Bool {
        if name.utf8.first == UInt8(ascii: "@") { return derived.contains(name) }
        return name.utf8.lowercasedASCII().elementsEqual(name.utf8)
    }

    func isValid(for request: SignedRequest, key: PublicKey) throws(SignatureFault) -> Bool {
        key.verify(signature, of: try base(for: request), using: try algorithm(for: key))
    }

    /// The key decides; a name that contradicts it is a mistake or an attempt (RFC 9421 §3.2).
    private func algorithm(for key: PublicKey) throws(SignatureFault) -> SignatureAlgorithm {
        switch (key.kind, algorithm) {
        case (.rsa, nil), (.rsa, "rsa-v1_5-sha256"): .rsaSHA256
        case (.rsa, "rsa-pss-sha512"): .rsaPSSSHA512
        case (.ed25519, nil), (.ed25519, "ed25519"): .ed25519
        default: throw .algorithmOfAnotherKey
        }
    }
}
