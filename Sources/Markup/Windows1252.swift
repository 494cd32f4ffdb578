/// The letters of old Windows programs, which are also those of everything that calls itself Latin-1,
/// <https://encoding.spec.whatwg.org/#windows-1252>.
package enum Windows1252 {
    /// The same text as UTF-8.
    package static func utf8(_ bytes: some Collection<UInt8>) -> [UInt8] {
        guard bytes.contains(where: { $0 >= 0x80 }) else { return Array(bytes) }
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 4)
        for byte in bytes {
            let scalar = CharacterReference.windows1252(byte)
            out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        return out
    }
}
