internal import COpenSSL

/// Somebody's public key on the curve P-256, as the 65 bytes of an uncompressed point. SEC 1 section 2.3.3.
package struct P256Point: Hashable, Sendable {
    package let bytes: [UInt8]

    /// - Throws: `KeyError.malformed` for anything but an uncompressed point that lies on the curve.
    package init(_ bytes: [UInt8]) throws(KeyError) {
        self.bytes = bytes
        EVP_PKEY_free(try P256Point.makeKey(bytes))
    }

    /// RFC 5480: what stands in front of the point in a `PUBLIC KEY`. There is one encoding, so OpenSSL's decoder is
    /// never given anything else.
    private static let prefix: [UInt8] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ]

    /// The key, which the caller frees.
    func makeKey() throws(KeyError) -> OpaquePointer { try P256Point.makeKey(bytes) }

    private static func makeKey(_ point: [UInt8]) throws(KeyError) -> OpaquePointer {
        guard point.count == 65, point.first == 4 else { throw .malformed }
        let key = (prefix + point).withUnsafeBufferPointer { der in
            var position = der.baseAddress
            return d2i_PUBKEY(nil, &position, der.count)
        }
        guard let key else {
            ERR_clear_error()
            throw .malformed
        }
        return key
    }
}
