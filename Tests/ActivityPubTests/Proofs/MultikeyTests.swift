import ActivityPub
import Crypto
import HTTP
import JSON
import Testing

struct MultikeyTests {
    /// FEP-521a's examples.
    static let ed25519 = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    static let raw = "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6"
    static let rsa = """
        z4MXj1wBzi9jUstyPMS4jQqB6KdJaiatPkAtVtGc6bQEQEEsKTic4G7Rou3iBf9vPmT5dbkm9qsZsuVNjq8HCuW1w24nhBFGkR\
        E4cd2Uf2tfrB3N7h4mnyPp1BF3ZttHTYv3DLUPi1zMdkULiow3M1GfXkoC6DoxDUm1jmN6GBj22SjVsr6dxezRVQc7aj9TxE7J\
        LbMH1wh5X3kA58H3DFW8rnYMakFGbca5CB2Jf6CnGQZmL7o5uJAdTwXfy2iiiyPxXEGerMhHwhjTA1mKYobyk2CpeEcmvynADf\
        NZ5MBvcCS7m3XkFCMNUYBS9NQ3fze6vMSUPsNa6GVYmKx2x6JrdEjCk3qRMMmyjnjCMfR4pXbRMZa3i
        """
    static let pkcs1 = """
        3082010a0282010100b1b5fcd8d4d5e88ca5c4287b31f578865caf6a78826a3b8ff7b1b23aa4af4e6a0474139f945bd9d3\
        a911ffd0fa72db78e4593a86c91f9da836186ebd3402d51f6a3844247ab5088b46929c311b43604fed84499f06f0f39bf5\
        5590e2187f1bbe229ba8f49fd2e570cd0e3733c76bfede80e1e7e0881e4538ea1bc5782be9512f8bf132526e05f4923564\
        fe6e1e21bf7087adebb660fa533fca06d0a8e66991e1312d70b64a61da8ca77c028cdf939601e2cffe2855759b1d479f08\
        47bcac59d7d62427a431d4e3dfd2697428b9dd6309a7b1167db99fe01af1ff1b739566fb949e47089d1dae84aef1214ef7\
        f5773e86a0d3e9da246f9bec09d60c705891183d0203010001
        """

    @Test func `an Ed25519 key has one spelling`() throws {
        #expect(
            Multikey.encode(ed25519: try #require(Hex.decode(MultikeyTests.raw))) == MultikeyTests.ed25519)
        #expect(Multikey.decode(MultikeyTests.ed25519)?.kind == .ed25519)
        let key = try Ed25519PrivateKey.generate()
        let read = try #require(Multikey.decode(Multikey.encode(ed25519: key.rawPublicKey)))
        #expect(read.verify(try key.sign([1, 2]), of: [1, 2], using: .ed25519))
    }

    @Test func `an RSA key is in PKCS 1`() throws {
        #expect(Multikey.decode(MultikeyTests.rsa)?.kind == .rsa(bits: 2048))
        let bytes = try #require(Hex.decode(MultikeyTests.pkcs1))
        #expect(Base58.decode(MultikeyTests.rsa.dropFirst()) == [0x85, 0x24] + bytes)
    }

    @Test func `what is no key is refused`() {
        let others = [
            "", "z", "z1", "6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "m7QEub8zjZwHceRSI4NCxdFzB",
            // The secret half, and one of another curve.
            "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq",
            "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169", String(MultikeyTests.ed25519.dropLast()),
            MultikeyTests.ed25519 + "1", String(MultikeyTests.rsa.dropLast(2)),
            "z" + String(repeating: "z", count: 100_000),
        ]
        for text in others { #expect(Multikey.decode(text) == nil, "\(text.prefix(60))") }
    }

    private func keys(_ methods: String, now: Int64 = 1_700_000_000) throws -> [String] {
        let actor = #"{"id":"https://a.example/users/a","assertionMethod":\#(methods)}"#
        return Multikey.all(in: try json(actor), now: now).map(\.id)
    }

    private func method(
        _ id: String = "https://a.example/users/a#k", controller: String = "https://a.example/users/a",
        type: String = "Multikey", text: String = MultikeyTests.ed25519, more: String = ""
    ) -> String {
        #"{"id":"\#(id)","type":"\#(type)","controller":"\#(controller)","#
            + #""publicKeyMultibase":"\#(text)"\#(more)}"#
    }

    @Test func `the keys of an actor are read`() throws {
        #expect(try keys(method()) == ["https://a.example/users/a#k"])
        let two = "[\(method()), \(method("https://a.example/k2", text: MultikeyTests.rsa))]"
        #expect(try keys(two) == ["https://a.example/users/a#k", "https://a.example/k2"])
        #expect(Multikey.all(in: try json(#"{"id":"https://a.example/users/a"}"#), now: 0).isEmpty)
    }

    @Test func `keys that are not the actor's own are left out`() throws {
        for other in [
            method("https://b.example/users/a#k"), method(controller: "https://a.example/users/b"),
            method(type: "Ed25519VerificationKey2020"), method(text: "z6Mk"),
            "\"https://a.example/users/a#k\"", "null", "[]", "[[\(method())]]",
        ] {
            #expect(try keys(other) == [], "\(other)")
        }
    }

    @Test(arguments: ["expires", "revoked"])
    func `keys that have ended are left out`(name: String) throws {
        // 2023-11-14T22:13:20Z is 1 700 000 000.
        #expect(try keys(method(more: #","\#(name)":"2023-11-14T22:13:21Z""#)).count == 1)
        #expect(try keys(method(more: #","\#(name)":null"#)).count == 1)
        for value in [#""2023-11-14T22:13:20Z""#, #""2020-01-01T00:00:00Z""#, #""soon""#, "true"] {
            #expect(try keys(method(more: #","\#(name)":\#(value)"#)) == [], "\(value)")
        }
    }

    @Test func `not more than eight keys are looked at`() throws {
        let many = (0..<20).map { method("https://a.example/k\($0)") }.joined(separator: ",")
        #expect(try keys("[\(many)]").count == 8)
    }
}
