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

    /// The fields that prove who sends a request to `url`.
    ///
    /// - Parameters:
    ///   - digest: the value of the `Digest` field, nil for a GET.
    ///   - contentType: of the body.
    ///   - covered: a further field that the signature covers.
    package func fields(
        for url: WebURL, method: Method, digest: String?, contentType: String? = nil,
        covered: (name: String, value: String)? = nil, scheme: SignatureScheme = .cavage, as signer: Signer
    ) async throws(SendError) -> Fields {
        let now = clock.now().seconds
        let key = signer == .owner ? ownerKey : instanceKey
        let keyID = signer == .owner ? identity.keyID : identity.instanceKeyID
        let signed: Result<Fields, any Error>
        do {
            signed = try await worker.run {
                Result {
                    scheme == .messageSignature
                        ? try Signing.messageSignature(
                            url, method, digest: digest, contentType: contentType, covered: covered, at: now,
                            keyID: keyID, key: try key.get())
                        : try Signing.cavage(
                            url, method, digest: digest, covered: covered, at: now,
                            leavesQueryOut: scheme == .cavageWithoutQuery, keyID: keyID, key: try key.get())
                }
            }
        } catch {
            throw .overloaded
        }
        guard case .success(var fields) = signed else { throw .cancelled }
        if let covered { fields[covered.name] = covered.value }
        return fields
    }

    private static func cavage(
        _ url: WebURL, _ method: Method, digest: String?, covered: (name: String, value: String)?,
        at now: Int64, leavesQueryOut: Bool, keyID: String, key: RSAPrivateKey
    ) throws -> Fields {
        let date = HTTPDate.format(now)
        let signature = try CavageSignature.produce(
            method: method, target: leavesQueryOut ? url.path : url.requestTarget, host: url.authority,
            date: date, digest: digest,
            others: covered.map { [($0.name.lowercased(), $0.value)] } ?? [], keyID: keyID, key: key)
        var fields: Fields = ["Date": date, "Signature": signature]
        if let digest { fields["Digest"] = digest }
        return fields
    }

    private static func messageSignature(
        _ url: WebURL, _ method: Method, digest: String?, contentType: String?,
        covered: (name: String, value: String)?, at now: Int64, keyID: String, key: RSAPrivateKey
    ) throws -> Fields {
        var fields: Fields = ["Date": HTTPDate.format(now)]
        if let digest {
            // The same digest in the other spelling (RFC 9530).
            fields["Content-Digest"] = "sha-256=:\(digest.dropFirst("SHA-256=".count)):"
            fields["Content-Type"] = contentType
        }
        if let covered { fields[covered.name] = covered.value }
        let made = try MessageSignature.produce(
            method: method, url: url, fields: fields,
            others: covered.map { [$0.name.lowercased()] } ?? [], created: now, keyID: keyID, key: key)
        for field in made { fields[field.name] = field.value }
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
