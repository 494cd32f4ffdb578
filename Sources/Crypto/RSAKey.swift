internal import COpenSSL

/// The digest under a signature that we make.
package enum SigningDigest: Sendable {
    case sha256, sha512
}

/// Our private RSA key, with which activities and requests are signed.
// Sendable although it holds a pointer: the key is never changed after `init`, and OpenSSL counts its
// references atomically; every signature has a context of its own.
package final class RSAPrivateKey: @unchecked Sendable {
    private let key: OpaquePointer
    /// Size of the modulus.
    package let bits: Int
    /// The public half as `PUBLIC KEY` (SPKI), as other servers want to see it.
    package let publicPEM: String

    /// Reads `PRIVATE KEY` (PKCS #8) or `RSA PRIVATE KEY` (PKCS #1), of 2048 to 8192 bits, not encrypted.
    package convenience init(pem: String) throws {
        try self.init(pem: pem, minimumBits: 2048)
    }

    /// As `init(pem:)`, with another lower bound: the examples of the signature draft have 1024 bits.
    convenience init(pem: String, minimumBits: Int) throws {
        let block = try PEMBlock(pem)
        let labels = ["PRIVATE KEY", "RSA PRIVATE KEY"].map { Array($0.utf8) }
        guard labels.contains(block.label) else { throw KeyError.wrongKind }
        let key = block.bytes.withUnsafeBufferPointer { bytes in
            var position = bytes.baseAddress
            return d2i_AutoPrivateKey(nil, &position, bytes.count)
        }
        guard let key else { throw OpenSSLError.take("reading a private key") }
        do {
            try self.init(taking: key, bits: RSALimits.check(key, minimumBits: minimumBits))
        } catch {
            EVP_PKEY_free(key)
            throw error
        }
    }

    private init(taking key: OpaquePointer, bits: Int) {
        self.key = key
        self.bits = bits
        publicPEM = writePEM { PEM_write_bio_PUBKEY($0, key) }
    }

    deinit { EVP_PKEY_free(key) }

    /// Makes a new key; this takes a good part of a second, and seconds on a small board.
    package static func generate(bits: Int = 2048) throws -> RSAPrivateKey {
        let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1,
            EVP_PKEY_CTX_set_rsa_keygen_bits(context, CInt(clamping: bits)) == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw OpenSSLError.take("making an RSA key") }
        return RSAPrivateKey(taking: key, bits: bits)
    }

    /// The key as `PRIVATE KEY` (PKCS #8), not encrypted: a secret.
    package var pem: String {
        writePEM { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    /// The public half.
    package var publicKey: PublicKey {
        EVP_PKEY_up_ref(key)
        return PublicKey(taking: key, kind: .rsa(bits: bits))
    }

    /// Signs with RSASSA-PKCS1-v1_5; the same message gives the same signature.
    ///
    /// About half a millisecond on a fast machine, several on a small board: meant for a worker thread.
    package func sign(_ message: [UInt8], _ digest: SigningDigest = .sha256) throws -> [UInt8] {
        let fetched: FetchedDigest = digest == .sha256 ? .sha256 : .sha512
        return try makeSignature(over: message, with: key, digest: fetched, size: (bits + 7) / 8)
    }
}

/// Signs `message`; `size` is the longest signature the key makes.
func makeSignature(
    over message: [UInt8], with key: OpaquePointer, digest: FetchedDigest?, size: Int
) throws(OpenSSLError) -> [UInt8] {
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var isMade = EVP_DigestSignInit(context, nil, digest?.method, nil, key) == 1
    let signature = [UInt8](unsafeUninitializedCapacity: size) { output, count in
        var length = size
        isMade =
            isMade
            && EVP_DigestSign(context, output.baseAddress, &length, message, message.count) == 1
        count = isMade ? length : 0
    }
    guard isMade else { throw .take("signing") }
    return signature
}

/// The text that `write` puts into a memory BIO.
func writePEM(_ write: (OpaquePointer) -> CInt) -> String {
    guard let bio = BIO_new(BIO_s_secmem()) else { fatalError("No memory for a key") }
    defer { BIO_free(bio) }
    var bytes: UnsafeMutablePointer<CChar>?
    guard write(bio) == 1, case let count = islet_bio_contents(bio, &bytes), let bytes else {
        fatalError("A key cannot be written as text: \(OpenSSLError.take("writing a key").reason)")
    }
    return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
}
