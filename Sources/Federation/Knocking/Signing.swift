import ActivityPub
package import Basics
import Crypto
package import HTTP
import Synchronization

/// Signs what this server sends, on a thread of its own: an RSA signature costs milliseconds on a small board.
package struct Signing: Sendable {
    /// In whose name.
    package enum Signer: Sendable {
        case owner
        case instance
    }

    private let identity: Identity
    private let ownerKey: LazyKey
    private let instanceKey: LazyKey
    private let worker: Worker
    private let clock: Clock

    /// - Parameters:
    ///   - ownerKey: PKCS#8 PEM, read when it is first needed: a server at rest does not need OpenSSL in memory.
    ///   - instanceKey: likewise.
    package init(identity: Identity, ownerKey: String, instanceKey: String, worker: Worker, clock: Clock) {
        self.identity = identity
        self.ownerKey = LazyKey(pem: ownerKey)
        self.instanceKey = LazyKey(pem: instanceKey)
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
                        method: method, target: url.requestTarget, host: url.authority, date: date,
                        digest: digest,
                        keyID: keyID, key: try key.get())
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

/// A private key that is read when it is first used.
private final class LazyKey: Sendable {
    private let pem: String
    private let key = Mutex<RSAPrivateKey?>(nil)

    init(pem: String) {
        self.pem = pem
    }

    func get() throws -> RSAPrivateKey {
        try key.withLock { key in
            if let key { return key }
            let read = try RSAPrivateKey(pem: pem)
            key = read
            return read
        }
    }
}
