import Testing

@testable import Crypto

struct PublicKeyInfoTests {
    private let rsa: [UInt8] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    @Test func `RSA is known by its name, in lengths of every form`() throws {
        let content = rsa + [0x03, 0x01, 0x00]
        for header in [[0x30, 18], [0x30, 0x81, 18], [0x30, 0x82, 0, 18]] as [[UInt8]] {
            #expect(try PublicKeyInfo(der: header + content) == .rsa)
        }
    }

    @Test func `Ed25519 is one encoding`() throws {
        let key = [UInt8](1...32)
        let frame: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
        #expect(try PublicKeyInfo(der: frame + key) == .ed25519(raw: key))
        #expect(throws: KeyError.malformed) { try PublicKeyInfo(der: frame + key + [0]) }
        #expect(throws: KeyError.malformed) { try PublicKeyInfo(der: frame + key.dropLast()) }
        var x25519 = frame + key
        x25519[8] = 0x6e
        #expect(throws: KeyError.unsupportedAlgorithm) { try PublicKeyInfo(der: x25519) }
    }

    @Test(
        arguments: [
            [], [0x30], [0x30, 0x00], [0x30, 0x80], [0x30, 0x81], [0x30, 0x83, 0, 0, 0], [0x30, 0xff, 1],
            [0x31, 0x00],
            [0x30, 0x7f, 0x30], [0x30, 0x82, 0xff, 0xff], [0x30, 0x02, 0x30, 0x00],
            [0x30, 0x04, 0x30, 0x02, 0x06, 0x05],
            [0x30, 0x04, 0x30, 0x02, 0x05, 0x00], [0x30, 0x04, 0x30, 0x03, 0x06, 0x00],
        ] as [[UInt8]])
    func `what is not framed like a key is malformed`(bytes: [UInt8]) {
        #expect(throws: KeyError.malformed) { try PublicKeyInfo(der: bytes) }
    }
}
