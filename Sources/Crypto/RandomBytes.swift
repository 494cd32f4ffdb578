internal import COpenSSL

/// Bytes nobody can guess, from OpenSSL's generator, which the kernel seeds.
///
/// If the generator fails the program stops: going on with guessable tokens would be worse.
package enum RandomBytes {
    /// `count` random bytes.
    package static func make(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, made in
            guard let size = CInt(exactly: count), RAND_bytes(buffer.baseAddress, size) == 1 else {
                fatalError("The random generator failed: \(OpenSSLError.take("drawing bytes").reason)")
            }
            made = count
        }
    }

    /// A secret of `bytes` random bytes in the URL-safe alphabet: about four characters for three bytes.
    package static func token(bytes: Int) -> String {
        Base64.encodeURL(make(bytes))
    }
}
