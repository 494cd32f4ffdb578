/// The frame around a public key, read only as far as needed to tell which algorithm it is for. RFC 5280
/// §4.1.
///
/// Looking at the name of the algorithm first keeps strangers' input away from OpenSSL's decoders for curves,
/// DSA and Diffie-Hellman, which have had their share of surprises.
enum PublicKeyInfo: Equatable {
    case rsa
    case ed25519(raw: [UInt8])

    private static let rsaEncryption: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]
    /// RFC 8410 §4: there is one encoding, down to the last bit before the 32 bytes of the key.
    private static let ed25519Prefix: [UInt8] = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    init(der: [UInt8]) throws(KeyError) {
        if der.count == 44, der.starts(with: PublicKeyInfo.ed25519Prefix) {
            self = .ed25519(raw: Array(der.suffix(32)))
            return
        }
        let sequence: UInt8 = 0x30
        let objectIdentifier: UInt8 = 0x06
        guard let outer = PublicKeyInfo.content(of: sequence, in: der[...]), outer.endIndex == der.endIndex,
            let algorithm = PublicKeyInfo.content(of: sequence, in: outer),
            let name = PublicKeyInfo.content(of: objectIdentifier, in: algorithm)
        else { throw .malformed }
        guard name.elementsEqual(PublicKeyInfo.rsaEncryption) else { throw .unsupportedAlgorithm }
        self = .rsa
    }

    /// What is inside of the element that `bytes` begins with, if it has this tag and fits.
    private static func content(of tag: UInt8, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard bytes.count >= 2, bytes[bytes.startIndex] == tag else { return nil }
        let first = Int(bytes[bytes.startIndex + 1])
        let rest = bytes.dropFirst(2)
        guard first >= 0x80 else { return rest.count >= first ? rest.prefix(first) : nil }
        // Two bytes of length reach far beyond the longest text that gets here.
        let digits = first & 0x7f
        guard (1...2).contains(digits), rest.count >= digits else { return nil }
        let length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
        let content = rest.dropFirst(digits)
        return content.count >= length ? content.prefix(length) : nil
    }
}
