internal import COpenSSL

/// A private Ed25519 key. RFC 8032.
// Sendable although it holds a pointer: the key is never changed after `init`, and OpenSSL counts its
// references atomically; every signature has a context of its own.
package final class Ed25519PrivateKey: @unchecked Sendable {
    private let key: OpaquePointer
    /// The 32 bytes the key is made from: a secret.
    package let seed: [UInt8]

    /// Makes a new key.
    package static func generate() throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: RandomBytes.make(32))
    }

    /// Makes the key that belongs to these 32 bytes.
    package init(seed: [UInt8]) throws {
        guard seed.count == 32 else { throw KeyError.malformed }
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else {
            throw OpenSSLError.take("making an Ed25519 key")
        }
        self.key = key
        self.seed = seed
    }

    deinit { EVP_PKEY_free(key) }

    /// The 32 bytes of the public half.
    package var rawPublicKey: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            count = 32
            guard EVP_PKEY_get_raw_public_key(key, buffer.baseAddress, &count) == 1 else {
                fatalError("A key has no public half: \(OpenSSLError.take("reading it").reason)")
            }
        }
    }

    /// The public half.
    package var publicKey: PublicKey {
        EVP_PKEY_up_ref(key)
        return PublicKey(taking: key, kind: .ed25519)
    }

    /// The 64 bytes of the signature; the same message gives the same ones.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        try makeSignature(over: message, with: key, digest: nil, size: 64)
    }
}
