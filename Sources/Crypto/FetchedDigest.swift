internal import COpenSSL

/// A digest algorithm, looked up in OpenSSL's providers once and kept for the life of the process.
///
/// Looking one up costs more than hashing a short message.
// Sendable although it holds a pointer: an EVP_MD never changes after the lookup, and these are never freed.
struct FetchedDigest: @unchecked Sendable {
    let method: OpaquePointer
    /// Length of the result, in bytes.
    let size: Int

    static let sha1 = FetchedDigest("SHA1")
    static let sha256 = FetchedDigest("SHA2-256")
    static let sha384 = FetchedDigest("SHA2-384")
    static let sha512 = FetchedDigest("SHA2-512")

    private init(_ name: String) {
        guard let method = EVP_MD_fetch(nil, name, nil) else {
            fatalError("OpenSSL does not offer \(name): \(OpenSSLError.take("looking it up").reason)")
        }
        self.method = method
        size = Int(EVP_MD_get_size(method))
    }
}
