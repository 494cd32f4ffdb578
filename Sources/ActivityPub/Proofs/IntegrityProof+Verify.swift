package import Crypto
package import JSON

extension IntegrityProof {
    /// The author, if the document was signed with the private half of this key.
    ///
    /// The caller must still compare the author with the `actor` or `attributedTo` of the document.
    ///
    /// - Parameters:
    ///   - document: The one the proof was found in.
    ///   - key: What was found at `verificationMethod`.
    ///   - owner: The `id` of the actor whose document lists that key under `assertionMethod`.
    ///   - now: Seconds since 1970.
    package func verify(
        _ document: JSONValue, key: PublicKey, owner: String, now: Int64
    ) throws(SignatureFault) -> VerifiedSender {
        guard ObjectID.sameOrigin(verificationMethod, owner) else { throw .keyNotOwners }
        guard key.kind == .ed25519 else { throw .algorithmOfAnotherKey }
        // A proof, unlike a request, may be old: it is passed on as long as the document is.
        if let created, created > now + SignatureVerifier.tolerance { throw .dateInFuture }
        if let expires, expires < now - SignatureVerifier.tolerance { throw .expired }

        guard let text = CanonicalJSON.bytes(of: document, leavingOut: IntegrityProof.unsigned) else {
            throw .signatureInvalid
        }
        let digest = Digest.sha256(text)
        if isValid(key, document: digest) {
            return VerifiedSender(actorID: owner, keyID: verificationMethod)
        }
        // The context of the document is to be hashed with the proof. Some signers do so and do not say so.
        if options["@context"] == nil, let context = document["@context"],
            isValid(key, document: digest, adding: [("@context", context)])
        {
            return VerifiedSender(actorID: owner, keyID: verificationMethod)
        }
        throw .signatureInvalid
    }

    private func isValid(
        _ key: PublicKey, document digest: [UInt8], adding: [(key: String, value: JSONValue)] = []
    ) -> Bool {
        guard let text = CanonicalJSON.bytes(of: options, leavingOut: ["proofValue"], adding: adding) else {
            return false
        }
        return key.verify(signature, of: Digest.sha256(text) + digest, using: .ed25519)
    }
}
