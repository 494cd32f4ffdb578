import HTTP
import Testing

@testable import ActivityPub
@testable import Crypto

struct CavageSignatureSigningStringTests {
    private func request(_ appendix: SignatureVectors.Appendix) -> SignedRequest {
        SignedRequest(
            method: .post, target: "/foo?param=value&pet=dog", host: "example.com",
            fields: Fields(appendix.message.headers.map { ($0[0], $0[1]) }),
            body: Array(appendix.message.body.utf8))
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the examples of the draft's appendix C are verified`() throws {
        let appendix = try SignatureVectors.load("cavage-appendix-c.json", as: SignatureVectors.Appendix.self)
        // The draft's key is too short for the wild.
        let key = try PublicKey(pem: appendix.publicPEM, minimumBits: 1024)
        #expect(throws: KeyError.unacceptableSize(bits: 1024)) { try PublicKey(pem: appendix.publicPEM) }
        for example in appendix.cases {
            let list = example.headers.map { #",headers="\#($0)""# } ?? ""
            let signature = try CavageSignature(
                #"keyId="Test",algorithm="rsa-sha256"\#(list),signature="\#(example.signature)""#)
            let text = try signature.signingString(for: request(appendix), target: "/foo?param=value&pet=dog")
            #expect(String(decoding: text, as: UTF8.self) == example.signingString, "\(example.title)")
            #expect(key.verify(signature.signature, of: text, using: .rsaSHA256), "\(example.title)")
        }
        #expect(appendix.cases.count == 3)
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the draft's example without its query is verified`() throws {
        let appendix = try SignatureVectors.load("cavage-appendix-c.json", as: SignatureVectors.Appendix.self)
        let key = try PublicKey(pem: appendix.publicPEM, minimumBits: 1024)
        let signature = try CavageSignature(
            #"keyId="Test",algorithm="rsa-sha256",headers="(request-target) host date","#
                + #"signature="UTZ/RcfAkDv1tlRZ2R/lYxZ8c9H34hnp7eM4v/U9GC61CKIgZKTN3HTLK0Zd0Lg5QoGK78kNUmhB"#
                + #"spkKJ27n9fTzEFb56DHKeilgt/SnT7PuL+E5U9ttm66l+RpF4IhPe0DV8VuYeb2UCNUw7UyyqrOQZtMe7CJVgBb0"#
                + #"dn/92Z8=""#)
        #expect(try signature.isValid(for: request(appendix), key: key))
        var other = request(appendix)
        other.target = "/bar?param=value"
        #expect(try !signature.isValid(for: other, key: key))
    }

    @Test(.enabled(if: SignatureVectors.areThere, "the shared vectors are missing: set ISLET_SHARED"))
    func `the draft's example with created and expires is verified`() throws {
        let appendix = try SignatureVectors.load("cavage-appendix-c.json", as: SignatureVectors.Appendix.self)
        let key = try PublicKey(pem: appendix.publicPEM, minimumBits: 1024)
        let signature = try CavageSignature(
            #"keyId="Test",algorithm="hs2019",created=1402170695,expires=1402170699,"#
                + #"headers="(request-target) (created) (expires) host date content-type digest conten"#
                + #"t-length","#
                + #"signature="nAkCW0wg9AbbStQRLi8fsS1mPPnA6S5+/0alANcoDFG9hG0bJ8NnMRcB1Sz1eccNMzzLEke"#
                + #"7nGXqoiJYZFfT81o"#
                + #"aRqh/MNFwQVX4OZvTLZ5xVZQuchRkOSO7b2QX0aFWFOUq6dnwAyliHrp6w3FOxwkGGJPaerw2lOYLdC/Bejk=""#)
        let text = try signature.signingString(for: request(appendix), target: "/foo?param=value&pet=dog")
        #expect(key.verify(signature.signature, of: text, using: .rsaSHA256))
    }

    private func text(_ list: String, _ fields: Fields, host: String = "islet.example") throws -> String {
        let signature = try CavageSignature(#"keyId="k",signature="AQID",headers="\#(list)""#)
        let request = SignedRequest(method: .get, target: "/a", host: host, fields: fields, body: [])
        return try String(
            decoding: signature.signingString(for: request, target: request.target), as: UTF8.self)
    }

    @Test func `repeated fields are joined and space around values goes`() throws {
        let fields: Fields = ["X-List": " one", "x-list": "two\t ", "X-Empty": "", "x-space": "  "]
        #expect(try text("x-list x-empty x-space", fields) == "x-list: one, two\nx-empty: \nx-space: ")
    }

    @Test func `the host is ours, whatever the request says`() throws {
        #expect(
            try text("host (request-target)", ["Host": "proxy.internal"])
                == "host: islet.example\n(request-target): get /a")
    }

    @Test func `a field that is not there is a fault, not an empty value`() {
        #expect(throws: SignatureFault.signedFieldAbsent) { try text("date", [:]) }
        #expect(throws: SignatureFault.pseudoFieldNotAllowed) { try text("(expires)", [:]) }
        #expect(throws: SignatureFault.signedFieldAbsent) { try text("(unknown)", [:]) }
    }
}
