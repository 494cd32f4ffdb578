import Crypto
import Testing

struct PublicKeyPKCS1Tests {
    private let pem = """
        -----BEGIN RSA PUBLIC KEY-----
        MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
        WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
        MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
        kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
        uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
        PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
        -----END RSA PUBLIC KEY-----
        """

    @Test func `a key without its text frame is the same key`() throws {
        let lines = pem.split(separator: "\n").dropFirst().dropLast()
        let der = try #require(Base64.decode(lines.joined()))
        #expect(try PublicKey(pkcs1: der).kind == .rsa(bits: 2048))
        #expect(throws: KeyError.malformed) { try PublicKey(pkcs1: der + [0]) }
        #expect(throws: KeyError.malformed) { try PublicKey(pkcs1: der.dropLast()) }
    }

    @Test func `what is no key is refused`() {
        #expect(throws: KeyError.self) { try PublicKey(pkcs1: []) }
        #expect(throws: KeyError.self) { try PublicKey(pkcs1: [0x30, 0x80]) }
        #expect(throws: KeyError.self) { try PublicKey(pkcs1: Array(repeating: 0x30, count: 20_000)) }
    }
}
