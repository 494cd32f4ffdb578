internal import COpenSSL

/// Authenticated encryption with a key of 16 bytes and a nonce of 12. NIST SP 800-38D.
enum AES128GCM {
    /// Bytes that a sealed text has more than the plain one.
    static let tagLength = 16

    /// The sealed text and its tag. A key and a nonce together must never be used twice.
    static func seal(_ plaintext: [UInt8], key: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
        guard key.count == 16, nonce.count == 12, let length = CInt(exactly: plaintext.count) else {
            throw KeyError.malformed
        }
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        guard EVP_EncryptInit_ex(context, EVP_aes_128_gcm(), nil, key, nonce) == 1 else {
            throw OpenSSLError.take("preparing a cipher")
        }
        var isSealed = false
        let sealed = [UInt8](unsafeUninitializedCapacity: plaintext.count + tagLength) { output, count in
            guard let start = output.baseAddress else { return }
            var written: CInt = 0
            var rest: CInt = 0
            // GCM has no blocks to fill: all is written by the first call.
            isSealed =
                EVP_EncryptUpdate(context, start, &written, plaintext, length) == 1 && written == length
                && EVP_EncryptFinal_ex(context, start + plaintext.count, &rest) == 1 && rest == 0
                && EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_GET_TAG, CInt(tagLength), start + plaintext.count) == 1
            count = isSealed ? output.count : 0
        }
        guard isSealed else { throw OpenSSLError.take("encrypting") }
        return sealed
    }
}
