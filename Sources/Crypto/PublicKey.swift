internal import COpenSSL

/// How a signature was made, with the digest it is over.
package enum SignatureAlgorithm: Sendable, Hashable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    case rsaSHA256, rsaSHA384, rsaSHA512
    /// RSASSA-PSS with a salt of 64 bytes (RFC 9421 §3.3.1).
    case rsaPSSSHA512
    /// RFC 8032 §5.1; it does its own digesting.
    case ed25519
}

/// Somebody's public key: RSA of 2048 to 8192 bits, or Ed25519.
// Sendable although it holds a pointer: the key is never changed after `init`, and OpenSSL counts its
// references atomically; every verification has a context of its own.
package final class PublicKey: @unchecked Sendable {
    /// What the key can verify.
    package enum Kind: Sendable, Hashable {
        case rsa(bits: Int)
        case ed25519
    }

    package let kind: Kind
    let key: OpaquePointer

    /// Reads `PUBLIC KEY` (SPKI) or `RSA PUBLIC KEY` (PKCS #1).
    package convenience init(pem: String) throws(KeyError) {
        try self.init(pem: pem, minimumBits: 2048)
    }

    /// Takes the 32 bytes of an Ed25519 key.
    package convenience init(ed25519 raw: [UInt8]) throws(KeyError) {
        guard raw.count == 32, let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, raw, raw.count)
        else {
            ERR_clear_error()
            throw .malformed
        }
        self.init(taking: key, kind: .ed25519)
    }

    /// As `init(pem:)`, with another lower bound: the examples of the signature draft have 1024 bits.
    convenience init(pem: String, minimumBits: Int) throws(KeyError) {
        let block = try PEMBlock(pem)
        switch block.label {
        case Array("PUBLIC KEY".utf8):
            switch try PublicKeyInfo(der: block.bytes) {
            case .ed25519(let raw): try self.init(ed25519: raw)
            case .rsa:
                try self.init(rsa: PublicKey.decode(block.bytes) { d2i_PUBKEY(nil, &$0, $1) }, minimumBits)
            }
        case Array("RSA PUBLIC KEY".utf8):
            try self.init(
                rsa: PublicKey.decode(block.bytes) { d2i_PublicKey(EVP_PKEY_RSA, nil, &$0, $1) }, minimumBits)
        default: throw .wrongKind
        }
    }

    private convenience init(rsa key: OpaquePointer, _ minimumBits: Int) throws(KeyError) {
        do throws(KeyError) {
            self.init(taking: key, kind: .rsa(bits: try RSALimits.check(key, minimumBits: minimumBits)))
        } catch {
            EVP_PKEY_free(key)
            throw error
        }
    }

    /// Takes over the caller's reference.
    init(taking key: OpaquePointer, kind: Kind) {
        self.key = key
        self.kind = kind
    }

    deinit { EVP_PKEY_free(key) }

    /// The key, if the decoder likes the bytes and uses all of them.
    private static func decode(
        _ bytes: [UInt8], _ decoder: (inout UnsafePointer<UInt8>?, Int) -> OpaquePointer?
    ) throws(KeyError) -> OpaquePointer {
        let key: OpaquePointer? = bytes.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let key = decoder(&position, buffer.count) else { return nil }
            guard let start = buffer.baseAddress, position == start + buffer.count else {
                EVP_PKEY_free(key)
                return nil
            }
            return key
        }
        guard let key else {
            ERR_clear_error()
            throw .malformed
        }
        return key
    }
}
