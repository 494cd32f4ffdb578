/// Keyed digests. RFC 2104.
package enum HMAC {
    /// 32 bytes that only a holder of `key` can make for `message`.
    package static func sha256(key: [UInt8], message: [UInt8]) -> [UInt8] {
        let blockSize = 64
        var block = key.count > blockSize ? Digest.sha256(key) : key
        block.append(contentsOf: repeatElement(0, count: blockSize - block.count))

        var inner = RunningDigest()
        inner.update(block.map { $0 ^ 0x36 })
        inner.update(message)
        return Digest.sha256(block.map { $0 ^ 0x5c } + inner.finish())
    }
}
