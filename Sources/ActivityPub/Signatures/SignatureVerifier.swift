internal import HTTP

/// Decides whether a request comes from whom it claims to come from.
///
/// Making one checks all that can be checked without the key. Then the caller finds the key at `keyID`, and
/// `verify(key:keyOwner:)` has the last word.
package struct SignatureVerifier: Sendable {
    /// The key the sender claims to have signed with.
    package let keyID: KeyID
    let request: SignedRequest
    let signature: any RequestSignature

    /// How far the clock of the sender may be off, and how long a delivery may take, in seconds.
    package static let tolerance: Int64 = 3600

    /// Of several signatures of RFC 9421 (proxies add theirs) only so many are looked at.
    private static let most = 3

    /// Takes the signature of draft-cavage-12 if there is one, else the first of RFC 9421 that passes.
    ///
    /// - Parameters:
    ///   - now: Seconds since 1970.
    ///   - allowsPlainHTTP: Whether the key may have an `http` address, as in tests.
    ///   - actor: Who should have signed: of several signatures those with a key that may be its own come
    ///     first.
    package init(
        _ request: SignedRequest, now: Int64, allowsPlainHTTP: Bool = false,
        preferring actor: String? = nil
    ) throws(SignatureFault) {
        self.request = request
        if let signature = try request.cavageSignature() {
            guard let keyID = KeyID(signature.keyID, allowsPlainHTTP: allowsPlainHTTP) else {
                throw .keyIDNotUsable
            }
            try signature.check(request, now: now)
            self.keyID = keyID
            self.signature = signature
            return
        }
        guard request.fields.contains("Signature-Input") else { throw .notSigned }
        var usable: [(keyID: KeyID, signature: MessageSignature)] = []
        for signature in try MessageSignature.all(in: request.fields) {
            guard let keyID = KeyID(signature.keyID, allowsPlainHTTP: allowsPlainHTTP) else { continue }
            usable.append((keyID, signature))
        }
        if let actor {
            usable =
                usable.filter { $0.keyID.mayBelong(to: actor) }
                + usable.filter { !$0.keyID.mayBelong(to: actor) }
        }
        var fault: SignatureFault?
        for (keyID, signature) in usable.prefix(SignatureVerifier.most) {
            do throws(SignatureFault) {
                try signature.check(request, now: now)
                self.keyID = keyID
                self.signature = signature
                return
            } catch {
                fault = fault ?? error
            }
        }
        throw fault ?? .keyIDNotUsable
    }

    /// Whether the signature covers this field, or this component of the request; in lower case.
    package func covers(_ name: String) -> Bool { signature.covers(name) }
}
