internal import COpenSSL
import Synchronization

/// HMAC-SHA-256 (RFC 2104) with one key for many short messages: what depends on the key alone is done once.
///
/// A page of a timeline has some hundred messages, each of which costs two blocks instead of four and the set-up.
package final class PreparedHMAC: Sendable {
    private static let blockSize = 64

    /// `@unchecked Sendable`: only ever used by the holder of the lock around it.
    private struct Contexts: @unchecked Sendable {
        /// Digests that have taken the padded key.
        let inner: OpaquePointer
        let outer: OpaquePointer
        /// Copies one of them and goes on with it.
        let work: OpaquePointer
    }

    private let contexts: Mutex<Contexts>

    package init(key: [UInt8]) {
        var block = key.count > PreparedHMAC.blockSize ? Digest.sha256(key) : key
        block.append(contentsOf: repeatElement(0, count: PreparedHMAC.blockSize - block.count))
        guard let work = EVP_MD_CTX_new() else { fatalError("No memory for a digest") }
        contexts = Mutex(
            Contexts(
                inner: PreparedHMAC.begun(with: block.map { $0 ^ 0x36 }),
                outer: PreparedHMAC.begun(with: block.map { $0 ^ 0x5c }), work: work))
    }

    deinit {
        contexts.withLock { contexts in
            for context in [contexts.inner, contexts.outer, contexts.work] { EVP_MD_CTX_free(context) }
        }
    }

    /// 32 bytes that only a holder of the key can make for `message`.
    package func callAsFunction(_ message: String) -> [UInt8] {
        var message = message
        return message.withUTF8 { utf8 in
            contexts.withLock { contexts in
                var digest = [UInt8](repeating: 0, count: FetchedDigest.sha256.size)
                PreparedHMAC.finish(
                    contexts.inner, in: contexts.work, UnsafeRawBufferPointer(utf8), into: &digest)
                let inner = digest
                inner.withUnsafeBytes {
                    PreparedHMAC.finish(contexts.outer, in: contexts.work, $0, into: &digest)
                }
                return digest
            }
        }
    }

    private static func begun(with block: [UInt8]) -> OpaquePointer {
        guard let context = EVP_MD_CTX_new(),
            EVP_DigestInit_ex2(context, FetchedDigest.sha256.method, nil) == 1,
            EVP_DigestUpdate(context, block, block.count) == 1
        else { fatalError("A digest failed: \(OpenSSLError.take("beginning").reason)") }
        return context
    }

    private static func finish(
        _ begun: OpaquePointer, in work: OpaquePointer, _ message: UnsafeRawBufferPointer,
        into digest: inout [UInt8]
    ) {
        guard EVP_MD_CTX_copy_ex(work, begun) == 1,
            EVP_DigestUpdate(work, message.baseAddress, message.count) == 1,
            EVP_DigestFinal_ex(work, &digest, nil) == 1
        else { fatalError("A digest failed: \(OpenSSLError.take("hashing").reason)") }
    }
}
