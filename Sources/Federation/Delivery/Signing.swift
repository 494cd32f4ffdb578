import ActivityPub
package import Basics
package import Crypto
package import HTTP

/// Signs what this server sends, on a thread of its own: an RSA signature costs milliseconds on a small board.
package struct Signing: Sendable {
    /// In whose name.
    package enum Signer: Sendable {
        case owner
        case instance
    }

    private let identity: Identity
    private let ownerKey: RSAPrivateKey
    private let instanceKey: RSAPrivateKey
    private let worker: Worker
    private let clock: Clock

    package init(
        identity: Identity, ownerKey: RSAPrivateKey, instanceKey: RSAPrivateKey, worker: Worker, clock: Clock
    ) {
        self.identity = identity
        self.ownerKey = ownerKey
        self.instanceKey = instanceKey
        self.worker = worker
        self.clock = clock
    }

    /// `Date`, `Digest` and `Signature` for a request to `url`; `digest` is the field's value, nil for a GET.
    package func fields(
        for url: WebURL, method: Method, digest: String?, as signer: Signer
    ) async throws(SendError) -> Fields {
        let date = HTTPDate.format(clock.now().seconds)
        let key = signer == .owner ? ownerKey : instanceKey
        let keyID = signer == .owner ? identity.keyID : identity.instanceKeyID
        let signature: Result<String, any Error>
        do {
            signature = try await worker.run {
                Result {
                    try CavageSignature.produce(
                        method: method, target: url.requestTarget, host: url.authority, date: date, digest: digest,
                        keyID: keyID, key: key)
                }
            }
        } catch {
            throw .overloaded
        }
        guard case .success(let value) = signature else { throw .cancelled }
        var fields: Fields = ["Date": date, "Signature": value]
        if let digest { fields["Digest"] = digest }
        return fields
    }
}
