internal import Crypto
internal import HTTP

extension CavageSignature: RequestSignature {
    func check(_ request: SignedRequest, now: Int64) throws(SignatureFault) {
        guard CavageSignature.algorithms.contains(algorithm) else { throw .algorithmNotSupported }
        try checkStrength(request)
        let expires = covers("(expires)") ? expires : nil
        try checkTime(signedAt: try moment(in: request), expires: expires, now: now)
        try checkDigest(of: request)
    }

    private static let algorithms: Set<String?> = [nil, "hs2019", "rsa-sha256", "rsa-sha512", "ed25519"]

    /// Whether the signature covers enough to be of use to us and of none to whoever records it.
    private func checkStrength(_ request: SignedRequest) throws(SignatureFault) {
        if !allowsPseudoFields, covers("(created)") || covers("(expires)") { throw .pseudoFieldNotAllowed }
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

    /// When the request was signed, by a value that is signed itself.
    private func moment(in request: SignedRequest) throws(SignatureFault) -> Int64 {
        if covers("(created)") {
            guard let created else { throw .pseudoFieldNotAllowed }
            return created
        }
        guard let text = request.fields.joined("Date") else { throw .signedFieldAbsent }
        guard let date = HTTPDate.parse(text) else { throw .dateUnreadable }
        return date
    }

    func isValid(for request: SignedRequest, key: PublicKey) throws(SignatureFault) -> Bool {
        if try isValid(for: request, target: request.target[...], key: key) { return true }
        // Some software leaves the query out of what it signs.
        guard covers("(request-target)"),
            let mark = request.target.utf8.firstIndex(of: UInt8(ascii: "?"))
        else { return false }
        return try isValid(for: request, target: request.target[..<mark], key: key)
    }

    private func isValid(
        for request: SignedRequest, target: Substring, key: PublicKey
    ) throws(SignatureFault) -> Bool {
        let message = try signingString(for: request, target: target)
        return algorithms(for: key).contains { key.verify(signature, of: message, using: $0) }
    }

    /// The key decides, not the name in the header, which says little: `hs2019` stands for nearly anything.
    private func algorithms(for key: PublicKey) -> [SignatureAlgorithm] {
        switch key.kind {
        case .ed25519: [.ed25519]
        case .rsa(let bits):
            // WordPress takes SHA-384 for large keys under `hs2019`.
            bits >= 3072 && algorithm == "hs2019"
                ? [.rsaSHA256, .rsaSHA512, .rsaSHA384] : [.rsaSHA256, .rsaSHA512]
        }
    }
}
