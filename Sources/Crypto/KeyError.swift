/// Why a text is not a key that we use.
package enum KeyError: Error, Equatable {
    /// No block between `-----BEGIN …-----` and its `-----END …-----`, or one with something else than Base64
    /// in it.
    case notPEM
    /// A block of another kind: a certificate, an encrypted key, a private key where a public one is wanted.
    case wrongKind
    /// A key for another algorithm than RSA or Ed25519.
    case unsupportedAlgorithm
    /// The right kind of block, but its content cannot be read.
    case malformed
    /// An RSA modulus outside of 2048 to 8192 bits.
    case unacceptableSize(bits: Int)
    /// An RSA public exponent that is even, below 3, or longer than 64 bits, which would make verifying slow.
    case unacceptableExponent
}
