internal import COpenSSL

/// Comparison of secrets in a time that does not tell where they differ.
package enum ConstantTime {
    /// Whether both are the same; only their lengths can be learned from the time it takes.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Whether both texts are the same UTF-8 bytes; only their lengths can be learned from the time it takes.
    package static func equal(_ left: String, _ right: String) -> Bool {
        equal(Array(left.utf8), Array(right.utf8))
    }
}
