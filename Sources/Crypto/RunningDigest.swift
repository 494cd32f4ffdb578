internal import COpenSSL

/// SHA-256 of bytes that come in pieces.
// Sendable although it holds a pointer: the value cannot be copied, so the context has one user at a time.
package struct RunningDigest: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer

    package init() {
        guard let context = EVP_MD_CTX_new() else { fatalError("No memory for a digest") }
        self.context = context
        begin()
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Adds the next piece.
    package mutating func update(_ bytes: some Collection<UInt8>) {
        withBytes(of: bytes) { update(UnsafeRawBufferPointer($0)) }
    }

    /// Adds the next piece.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
            fatalError("A digest failed: \(OpenSSLError.take("hashing").reason)")
        }
    }

    /// The 32 bytes for everything added so far; after this the digest is as new.
    package mutating func finish() -> [UInt8] {
        let size = FetchedDigest.sha256.size
        let result = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            guard EVP_DigestFinal_ex(context, output.baseAddress, nil) == 1 else {
                fatalError("A digest failed: \(OpenSSLError.take("hashing").reason)")
            }
            count = size
        }
        begin()
        return result
    }

    private func begin() {
        guard EVP_DigestInit_ex2(context, FetchedDigest.sha256.method, nil) == 1 else {
            fatalError("A digest failed: \(OpenSSLError.take("beginning").reason)")
        }
    }
}
