import Foundation
import HTTP
import Testing

@testable import ActivityPub
@testable import Crypto

struct MessageSignatureBaseTests {
    private func signature(_ input: String, _ value: String) throws -> MessageSignature {
        let fields: Fields = ["Signature-Input": input, "Signature": value]
        return try #require(try MessageSignature.all(in: fields).first)
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the requests of RFC 9421 appendix B are verified`() throws {
        let vectors = try SignatureVectors.load("rfc9421-appendix-b.json", as: SignatureVectors.Keys.self)
        let message = try #require(vectors.messages["test-request"])
        let request = SignedRequest(
            method: .post, target: "/foo?param=Value&Pet=dog", host: "example.com",
            fields: Fields(message.headers.map { ($0[0], $0[1]) }), body: Array(message.body.utf8))
        var verified = 0
        for example in vectors.cases {
            let signature = try signature(example.input, example.signature)
            // Parts of the query and answers are what we do not verify.
            if signature.hasUnknownManner || example.message != "test-request" {
                #expect(throws: SignatureFault.componentNotSupported) {
                    try signature.check(request, now: 1_618_884_475)
                }
                continue
            }
            let base = try signature.base(for: request)
            #expect(String(decoding: base, as: UTF8.self) == example.base, "\(example.title)")
            guard let pem = vectors.keys[example.keyid]?.publicPEM else { continue }
            let key = try PublicKey(pem: pem)
            let algorithm: SignatureAlgorithm = key.kind == .ed25519 ? .ed25519 : .rsaPSSSHA512
            #expect(key.verify(signature.signature, of: base, using: algorithm), "\(example.title)")
            verified += 1
        }
        #expect(verified == 3)
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the shared secret of RFC 9421 signs the same bytes`() throws {
        let vectors = try SignatureVectors.load("rfc9421-appendix-b.json", as: SignatureVectors.Keys.self)
        let example = try #require(vectors.cases.first { $0.keyid == "test-shared-secret" })
        let request = SignedRequest(
            method: .post, target: "/foo", host: "Example.com",
            fields: ["Date": "Tue, 20 Apr 2021 02:07:55 GMT", "Content-Type": " application/json\t"], body: []
        )
        let base = try signature(example.input, example.signature).base(for: request)
        #expect(String(decoding: base, as: UTF8.self) == example.base)
    }

    @Test func `the signature of a proxy in RFC 9421 section 4_3 is verified`() throws {
        let input =
            #"proxy_sig=("@method" "@authority" "@path" "content-digest" "content-type" "content-length" "#
            + #""forwarded");created=1618884480;keyid="test-key-rsa";alg="rsa-v1_5-sha256""#
            + ";expires=1618884540"
        let value = """
            S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4BCaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmd\
            kDcnL9cCpXJleXsOckpURl49GwiyUpZ10KHgOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5Y\
            Av0RAGhB8tmpv7sFnIm9y+7X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93\
            wUs/vfJvye+YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==
            """
        let digest =
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYll"
            + "u7BNNyealdVLvRwEmTHWXvJwew==:"
        let request = SignedRequest(
            method: .post, target: "/foo?param=Value&Pet=dog", host: "origin.host.internal.example",
            fields: [
                "Content-Digest": digest, "Content-Type": "application/json", "Content-Length": "18",
                "Forwarded": "for=192.0.2.123;host=example.com;proto=https",
            ], body: Array(#"{"hello": "world"}"#.utf8))
        let signature = try signature(input, "proxy_sig=:\(value):")
        #expect(try signature.isValid(for: request, key: PublicKey(pem: SignatureVectors.publicPEM)))
        // The query is not signed.
        #expect(throws: SignatureFault.tooLittleSigned) { try signature.check(request, now: 1_618_884_480) }
    }

    @Test func `each component has its value`() throws {
        var request = SignedRequest(
            method: .get, target: "/a/b?c=d", host: "Islet.example:8443", fields: ["X": "1"], body: [])
        request.fields.append("x", "2")
        let names = [
            "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query", "host",
            "x",
        ]
        let list = names.map { "\"\($0)\"" }.joined(separator: " ")
        let text = try signature("a=(\(list))", "a=:AQID:").base(for: request)
        #expect(
            String(decoding: text, as: UTF8.self) == """
                "@method": GET
                "@target-uri": https://islet.example:8443/a/b?c=d
                "@authority": islet.example:8443
                "@scheme": https
                "@request-target": /a/b?c=d
                "@path": /a/b
                "@query": ?c=d
                "host": islet.example:8443
                "x": 1, 2
                "@signature-params": (\(list))
                """)
        request.target = "/a"
        let short = try signature(#"a=("@path" "@query")"#, "a=:AQID:").base(for: request)
        #expect(String(decoding: short, as: UTF8.self).hasPrefix("\"@path\": /a\n\"@query\": ?\n"))
    }
}
