import Testing

@testable import Crypto

struct PublicKeyVerifyTests {
    let message = Array("(request-target): post /inbox".utf8)

    @Test func `a signature is valid for its message, its key and its algorithm alone`() throws {
        let key = try RSAPrivateKey(pem: fixture("rsa-2048.pem"))
        let signature = try key.sign(message, .sha512)
        let publicKey = try PublicKey(pem: key.publicPEM)
        #expect(publicKey.verify(signature, of: message, using: .rsaSHA512))
        for other in [SignatureAlgorithm.rsaSHA256, .rsaSHA384, .rsaPSSSHA512, .ed25519] {
            #expect(!publicKey.verify(signature, of: message, using: other))
        }
        #expect(!publicKey.verify(signature, of: message + [0], using: .rsaSHA512))
        #expect(!publicKey.verify(signature, of: [], using: .rsaSHA512))
        let stranger = try RSAPrivateKey.generate()
        #expect(!stranger.publicKey.verify(signature, of: message, using: .rsaSHA512))
    }

    @Test func `no garbage is a signature`() throws {
        let rsa = try PublicKey(pem: fixture("rsa-2048-public.pem"))
        let ed25519 = try PublicKey(pem: fixture("ed25519-public.pem"))
        for count in [0, 1, 63, 64, 65, 255, 256, 257, 5000] {
            for byte in [UInt8(0), 1, 0xff] {
                let garbage = [UInt8](repeating: byte, count: count)
                #expect(!rsa.verify(garbage, of: message, using: .rsaSHA256))
                #expect(!rsa.verify(garbage, of: message, using: .rsaPSSSHA512))
                #expect(!ed25519.verify(garbage, of: message, using: .ed25519))
            }
        }
    }

    @Test func `every flipped bit spoils a signature`() throws {
        let key = try Ed25519PrivateKey(seed: [UInt8](repeating: 7, count: 32))
        let signature = try key.sign(message)
        let publicKey = key.publicKey
        #expect(publicKey.verify(signature, of: message, using: .ed25519))
        for index in signature.indices {
            for bit in 0..<8 {
                var other = signature
                other[index] ^= 1 << bit
                #expect(!publicKey.verify(other, of: message, using: .ed25519))
            }
        }
    }

    @Test(.enabled(if: SharedVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the examples of RFC 9421 are verified`() throws {
        let vectors = try SharedVectors.load("rfc9421-appendix-b.json", as: MessageSignatureVectors.self)
        let algorithms: [String: SignatureAlgorithm] = ["rsa-pss-sha512": .rsaPSSSHA512, "ed25519": .ed25519]
        var verified = 0
        for example in vectors.cases {
            guard let algorithm = algorithms[example.algorithm] else { continue }
            let key = try PublicKey(pem: #require(vectors.keys[example.keyid]?.publicPEM))
            let signature = try #require(Base64.decode(example.signatureText))
            #expect(key.verify(signature, of: Array(example.base.utf8), using: algorithm), "\(example.title)")
            #expect(!key.verify(signature, of: Array(example.base.utf8.dropLast()), using: algorithm))
            verified += 1
        }
        #expect(verified >= 4)
    }

    @Test(.enabled(if: SharedVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the shared secret example of RFC 9421 comes out`() throws {
        let vectors = try SharedVectors.load("rfc9421-appendix-b.json", as: MessageSignatureVectors.self)
        let example = try #require(vectors.cases.first { $0.algorithm == "hmac-sha256" })
        let secret = try #require(Base64.decode(vectors.keys[example.keyid]?.secret ?? ""))
        #expect(
            Base64.encode(HMAC.sha256(key: secret, message: Array(example.base.utf8)))
                == example.signatureText)
    }

    /// RFC 9421 §4.3, the signature of the proxy.
    @Test func `an rsa-v1_5-sha256 example of RFC 9421 is verified`() throws {
        let base = """
            "@method": POST
            "@authority": origin.host.internal.example
            "@path": /foo
            "content-digest": sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:
            "content-type": application/json
            "content-length": 18
            "forwarded": for=192.0.2.123;host=example.com;proto=https
            "@signature-params": ("@method" "@authority" "@path" "content-digest" "content-type" "content-length" \
            "forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256";expires=1618884540
            """
        let signature = try #require(
            Base64.decode(
                """
                S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+M\
                jniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEOb\
                tNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD\
                3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5\
                o0LV/g==
                """))
        // `test-key-rsa` of RFC 9421 Appendix B.1.1.
        let key = try PublicKey(
            pem: """
                -----BEGIN RSA PUBLIC KEY-----
                MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrw
                WEBnez6d0UDKDwGbc6nxfEXAy5mbhgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFq
                MGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3RtlinV0a75jfZg
                kne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0P
                uKxI4T+HIaFpv8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQ
                PSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wIDAQAB
                -----END RSA PUBLIC KEY-----
                """)
        #expect(key.verify(signature, of: Array(base.utf8), using: .rsaSHA256))
    }
}
