package import Crypto

/// An actor that has proved to be the sender of a request, or the author of a document.
///
/// Only the verifiers of this floor, `SignatureVerifier` and `IntegrityProof`, make one.
package struct VerifiedSender: Hashable, Sendable {
    /// The `id` of the actor.
    package let actorID: String
    /// The key it signed with.
    package let keyID: String

    init(actorID: String, keyID: String) {
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
        guard try signature.isValid(for: request, key: key) else { throw .signatureInvalid }
        return VerifiedSender(actorID: keyOwner, keyID: keyID.text)
    }
}
