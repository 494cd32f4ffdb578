internal import COpenSSL

/// Which RSA keys are worth trusting and cheap enough to verify with.
enum RSALimits {
    static let maximumBits = 8192

    /// The size of the modulus, if modulus and public exponent are acceptable.
    static func check(_ key: OpaquePointer, minimumBits: Int) throws(KeyError) -> Int {
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { throw .unsupportedAlgorithm }
        let bits = Int(EVP_PKEY_get_bits(key))
        guard (minimumBits...maximumBits).contains(bits) else { throw .unacceptableSize(bits: bits) }

        var exponent: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1, let exponent else {
            ERR_clear_error()
            throw .malformed
        }
        defer { BN_free(exponent) }
        // An exponent as long as the modulus makes each verification as slow as a signature.
        guard BN_is_odd(exponent) == 1, (2...64).contains(BN_num_bits(exponent)) else {
            throw .unacceptableExponent
        }
        return bits
    }
}
