import Crypto
import Testing

struct DigestTests {
    /// FIPS 180-4's examples, as published with the standard.
    static let examples: [(message: String, sha1: String, sha256: String, sha384: String, sha512: String)] = [
        (
            "",
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2"
                + "f14898b95b",
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
        ),
        (
            "abc",
            "a9993e364706816aba3e25717850c26c9cd0d89d",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baec"
                + "a134c825a7",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            "3391fdddfc8dc7393707a65b1b4709397cf8b1d162af05abfe8f450de5f36bc6b0455a8520bc4e6f5fe95b"
                + "1fe3c8452b",
            "204a8fc6dda82f0a0ced7beb8e08a41657c16ef468b228a8279be331a703c335"
                + "96fd15c13b1b07f9aa1d3bea57789ca031ad85c7a71dd70354ec631238ca3445"
        ),
    ]

    @Test(arguments: examples)
    func `the examples of FIPS 180-4 come out`(
        example: (message: String, sha1: String, sha256: String, sha384: String, sha512: String)
    ) {
        let message = example.message.utf8
        #expect(Hex.encode(Digest.sha1(message)) == example.sha1)
        #expect(Hex.encode(Digest.sha256(message)) == example.sha256)
        #expect(Hex.encode(Digest.sha384(message)) == example.sha384)
        #expect(Hex.encode(Digest.sha512(message)) == example.sha512)
    }

    @Test func `a collection that is not in one piece has the digest of its bytes`() {
        let pieces = [Array("a".utf8), Array("bc".utf8)].joined()
        #expect(Digest.sha256(Array(pieces)) == Digest.sha256("abc".utf8))
        #expect(Digest.sha256("abc".utf8.lazy.map { $0 }) == Digest.sha256("abc".utf8))
        #expect(Digest.sha256(Array("xabcx".utf8)[1..<4]) == Digest.sha256("abc".utf8))
    }
}
