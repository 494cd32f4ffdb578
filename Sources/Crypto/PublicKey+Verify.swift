internal import COpenSSL

extension PublicKey {
    /// Whether `signature` was made over `message` with the private half of this key and in this manner.
    ///
    /// A signature of the wrong length or for another kind of key is simply not valid.
    package func verify(
        _ signature: [UInt8], of message: [UInt8], using algorithm: SignatureAlgorithm
    ) -> Bool {
        guard canVerify(signature, algorithm), let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isValid =
            begin(context, algorithm)
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    private func canVerify(_ signature: [UInt8], _ algorithm: SignatureAlgorithm) -> Bool {
        switch kind {
        case .ed25519: algorithm == .ed25519 && signature.count == 64
        case .rsa(let bits): algorithm != .ed25519 && signature.count == (bits + 7) / 8
        }
    }

    private func begin(_ context: OpaquePointer, _ algorithm: SignatureAlgorithm) -> Bool {
        var details: OpaquePointer?  // belongs to `context`
        guard EVP_DigestVerifyInit(context, &details, algorithm.digest?.method, nil, key) == 1 else {
            return false
        }
        guard algorithm == .rsaPSSSHA512 else { return true }
        return EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(details, 64) == 1
    }
}

extension SignatureAlgorithm {
    var digest: FetchedDigest? {
        switch self {
        case .rsaSHA256: .sha256
        case .rsaSHA384: .sha384
        case .rsaSHA512, .rsaPSSSHA512: .sha512
        case .ed25519: nil
        }
    }
}
