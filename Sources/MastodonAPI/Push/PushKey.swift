import Crypto
package import Storage

/// The key by which push services know this server, RFC 8292. It is made once: apps bind their subscriptions to it.
package enum PushKey {
    /// Makes the key when there is none.
    package static func complete(_ store: Store) async throws {
        guard try store.read({ try publicText(in: $0) }).isEmpty else { return }
        let key = try P256PrivateKey.generate()
        let pem = key.pem
        // As Mastodon spells it, padding included: apps were written for that, and some compare it as a text.
        let text = Base64.encodeURL(key.point.bytes) + "="
        try await store.write { tx in
            guard try publicText(in: tx).isEmpty else { return }
            try Settings.set(.pushKey, to: pem, in: tx)
            try Settings.set(.pushPublicKey, to: text, in: tx)
        }
    }

    /// The public half as every app is told it, in the one spelling that there is; empty before `complete`.
    static func publicText(in snapshot: Snapshot) throws -> String {
        try Settings.text(.pushPublicKey, in: snapshot) ?? ""
    }

    /// The private half, for signing.
    static func key(in snapshot: Snapshot) throws -> P256PrivateKey {
        guard let pem = try Settings.text(.pushKey, in: snapshot) else { throw KeyError.notPEM }
        return try P256PrivateKey(pem: pem)
    }
}
