package import Crypto

/// An actor that has proved to be the sender of a request. Only a verifier can make one.
package struct VerifiedSender: Hashable, Sendable {
    /// The `id` of the actor.
    package let actorID: String
    /// The key it signed with.
    package let keyID: String

    fileprivate init(actorID: String, keyID: String) {
        self.actorID = actorID
        self.keyID = keyID
    }
}

extension SignatureVerifier {
    /// The sender, if the request was signed with the private half of this key.
    ///
    /// The caller must still compare the sender with the `actor` of the activity.
    ///
    /// - Parameters:
    ///   - key: What was found at `keyID`.
    ///   - keyOwner: The `id` of the actor whose document lists that key.
    package func verify(key: PublicKey, keyOwner: String) throws(SignatureFault) -> VerifiedSender {
        guard keyID.mayBelong(to: keyOwner) else { throw .keyNotOwners }
        if try isValid(key, target: request.target[...]) {
            return VerifiedSender(actorID: keyOwner, keyID: keyID.text)
        }
        // Some software leaves the query out of what it signs.
        if covers("(request-target)"), let mark = request.target.utf8.firstIndex(of: UInt8(ascii: "?")),
            try isValid(key, target: request.target[..<mark])
        {
            return VerifiedSender(actorID: keyOwner, keyID: keyID.text)
        }
        throw .signatureInvalid
    }

    private func isValid(_ key: PublicKey, target: Substring) throws(SignatureFault) -> Bool {
        let message = try signature.signingString(for: request, target: target)
        return algorithms(for: key).contains { key.verify(signature.signature, of: message, using: $0) }
    }

    /// The key decides, not the name in the header, which says little: `hs2019` stands for nearly anything.
    private func algorithms(for key: PublicKey) -> [SignatureAlgorithm] {
        switch key.kind {
        case .ed25519: [.ed25519]
        case .rsa(let bits):
            // WordPress takes SHA-384 for large keys under `hs2019`.
            bits >= 3072 && signature.algorithm == "hs2019"
                ? [.rsaSHA256, .rsaSHA512, .rsaSHA384] : [.rsaSHA256, .rsaSHA512]
        }
    }
}
