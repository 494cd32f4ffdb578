/// Keys made of a secret that is shared. RFC 5869, with SHA-256.
package enum HKDF {
    /// `count` bytes, at most 8,160, that depend on everything given.
    package static func sha256(
        salt: [UInt8], secret: [UInt8], info: [UInt8], count: Int
    ) -> [UInt8] {
        precondition(count <= 255 * 32, "RFC 5869 section 2.3 makes no more")
        let key = HMAC.sha256(key: salt, message: secret)
        var made: [UInt8] = []
        var block: [UInt8] = []
        var number: UInt8 = 0
        while made.count < count {
            number += 1
            block = HMAC.sha256(key: key, message: block + info + [number])
            made += block
        }
        return Array(made.prefix(count))
    }
}
