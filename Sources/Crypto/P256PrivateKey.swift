internal import COpenSSL
internal import Glibc

/// A private key on the curve P-256, for agreeing on secrets and for ES256 signatures. FIPS 186-5, RFC 7518.
// Sendable although it holds a pointer: the key is never changed after `init`, and OpenSSL counts its
// references atomically; every signature and every agreement has a context of its own.
package final class P256PrivateKey: @unchecked Sendable {
    private let key: OpaquePointer
    /// The public half.
    package let point: P256Point

    /// Makes a new key, in well under a millisecond.
    package static func generate() throws -> P256PrivateKey {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw OpenSSLError.take("making a P-256 key") }
        return try P256PrivateKey(taking: key)
    }

    /// Reads `PRIVATE KEY` (PKCS #8), not encrypted.
    package convenience init(pem: String) throws {
        let block = try PEMBlock(pem)
        guard block.label == Array("PRIVATE KEY".utf8) else { throw KeyError.wrongKind }
        try self.init(der: block.bytes)
    }

    /// Reads the content of a `PRIVATE KEY` or an `EC PRIVATE KEY` (RFC 5915).
    convenience init(der: [UInt8]) throws {
        let key = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_AutoPrivateKey(nil, &position, bytes.count)
        }
        guard let key else { throw OpenSSLError.take("reading a P-256 key") }
        try self.init(taking: key)
    }

    /// Takes over the caller's reference, also when it throws.
    private init(taking key: OpaquePointer) throws {
        do {
            point = try P256PrivateKey.point(of: key)
        } catch {
            EVP_PKEY_free(key)
            throw error
        }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    private static func point(of key: OpaquePointer) throws -> P256Point {
        var name = [CChar](repeating: 0, count: 32)
        guard EVP_PKEY_get_group_name(key, &name, name.count, nil) == 1,
            strcmp(name, "prime256v1") == 0
        else {
            ERR_clear_error()
            throw KeyError.unsupportedAlgorithm
        }
        var length = 0
        var isRead = false
        let bytes = [UInt8](unsafeUninitializedCapacity: 65) { buffer, count in
            isRead =
                EVP_PKEY_get_octet_string_param(
                    key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, buffer.baseAddress, buffer.count, &length) == 1
            count = isRead ? length : 0
        }
        guard isRead else { throw OpenSSLError.take("reading a public point") }
        return try P256Point(bytes)
    }

    /// The key as `PRIVATE KEY` (PKCS #8), not encrypted: a secret.
    package var pem: String {
        writePEM { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    /// The 64 bytes of an ECDSA signature over the SHA-256 digest of `message`: r and s, as ES256 has them (RFC 7518
    /// section 3.4). The same message gives another one each time.
    package func sign(_ message: [UInt8]) throws -> [UInt8] {
        let der = try makeSignature(over: message, with: key, digest: .sha256, size: 72)
        let parsed = der.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &position, bytes.count)
        }
        defer { ECDSA_SIG_free(parsed) }
        guard let parsed else { throw OpenSSLError.take("taking a signature apart") }
        return [UInt8](unsafeUninitializedCapacity: 64) { buffer, count in
            count = 64
            guard let start = buffer.baseAddress, BN_bn2binpad(ECDSA_SIG_get0_r(parsed), start, 32) == 32,
                BN_bn2binpad(ECDSA_SIG_get0_s(parsed), start + 32, 32) == 32
            else { fatalError("A signature is longer than its curve allows") }
        }
    }

    /// The 32 bytes that only the holders of both private keys can compute (ECDH, SEC 1 section 3.3.1).
    package func sharedSecret(with other: P256Point) throws -> [UInt8] {
        let theirs = try other.makeKey()
        defer { EVP_PKEY_free(theirs) }
        let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, theirs) == 1 else {
            throw OpenSSLError.take("agreeing on a secret")
        }
        var length = 32
        var isDerived = false
        let secret = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
            isDerived = EVP_PKEY_derive(context, buffer.baseAddress, &length) == 1
            count = isDerived ? length : 0
        }
        guard secret.count == 32 else { throw OpenSSLError.take("agreeing on a secret") }
        return secret
    }
}
