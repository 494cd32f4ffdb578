internal import COpenSSL

/// Message digests of bytes that are all at hand. FIPS 180-4.
package enum Digest {
    /// 20 bytes; only for what demands it, such as the WebSocket handshake: SHA-1 resists nobody any more.
    package static func sha1(_ bytes: some Collection<UInt8>) -> [UInt8] { compute(.sha1, bytes) }

    /// 32 bytes.
    package static func sha256(_ bytes: some Collection<UInt8>) -> [UInt8] { compute(.sha256, bytes) }

    /// 48 bytes.
    package static func sha384(_ bytes: some Collection<UInt8>) -> [UInt8] { compute(.sha384, bytes) }

    /// 64 bytes.
    package static func sha512(_ bytes: some Collection<UInt8>) -> [UInt8] { compute(.sha512, bytes) }

    private static func compute(_ digest: FetchedDigest, _ bytes: some Collection<UInt8>) -> [UInt8] {
        withBytes(of: bytes) { input in
            [UInt8](unsafeUninitializedCapacity: digest.size) { output, count in
                guard
                    EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, digest.method, nil)
                        == 1
                else { fatalError("A digest failed: \(OpenSSLError.take("hashing").reason)") }
                count = digest.size
            }
        }
    }
}

/// Gives `body` the bytes where they lie, or a copy when they do not lie in one piece.
func withBytes<Result>(
    of bytes: some Collection<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    if let result = bytes.withContiguousStorageIfAvailable(body) { return result }
    return Array(bytes).withUnsafeBufferPointer(body)
}
