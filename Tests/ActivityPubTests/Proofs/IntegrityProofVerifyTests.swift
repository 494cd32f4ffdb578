import ActivityPub
import Crypto
import JSON
import Testing

struct IntegrityProofVerifyTests {
    @discardableResult
    private func verify(
        _ text: String, key: PublicKey? = Multikey.decode(ProofExample.publicKey),
        owner: String = ProofExample.owner, now: Int64 = ProofExample.created
    ) throws -> VerifiedSender {
        let document = try json(text)
        let proof = try #require(IntegrityProof(document))
        return try proof.verify(document, key: #require(key), owner: owner, now: now)
    }

    /// The digest that is signed last, and the one that is signed first.
    private func digest(_ text: String, leavingOut: Set<String>) throws -> String {
        Hex.encode(
            Digest.sha256(try #require(CanonicalJSON.bytes(of: try json(text), leavingOut: leavingOut))))
    }

    @Test func `the example of FEP-8b32 is verified`() throws {
        let sender = try verify(ProofExample.signed())
        #expect(sender.actorID == ProofExample.owner)
        #expect(sender.keyID == ProofExample.method)
        #expect(
            try digest(ProofExample.signed(), leavingOut: ["proof"])
                == "0793e8d97e2de4b989b2b2d7a5fae8cf941f102a03c0ecab00f03eaa2330c650")
        #expect(
            try digest(ProofExample.proof(), leavingOut: ["proofValue"])
                == "cf63e2308ce7d1137667192c5c5e751ba7b1c6e3d5e746a7b717d309654ad198")
    }

    @Test func `the example of W3C's suite is met`() throws {
        let name = "did:key:\(ProofExample.publicKey)#\(ProofExample.publicKey)"
        let context =
            #"["https://www.w3.org/ns/credentials/v2","https://www.w3.org/ns/credentials/examples/v2"]"#
        let value =
            "z2HnFSSPPBzR36zdDgK8PbEHeXbR56YF24jwMpt3R1eHXQzJDMWS93FCzpvJpwTWd3GAVFuUfjoJdcnTMuVor51aX"
        let proof = ProofExample.proof(context: context, value: value)
            .replacing(ProofExample.method, with: name)
        #expect(
            try digest(ProofExample.credential, leavingOut: [])
                == "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19")
        #expect(
            try digest(proof, leavingOut: ["proofValue"])
                == "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db")
        // A key without a server vouches for nobody, though the signature is right.
        let signed = ProofExample.credential.dropLast() + ",\"proof\":\(proof)}"
        #expect(throws: SignatureFault.keyNotOwners) { try verify(String(signed), owner: name) }
        let hashes = try #require(
            Hex.decode(
                "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db"
                    + "59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"))
        #expect("z" + Base58.encode(try ProofExample.key().sign(hashes)) == value)
    }

    @Test func `a signature that others add does not matter`() throws {
        let added = ProofExample.signed().dropLast() + #","signature":{"type":"RsaSignature2017"}}"#
        try verify(String(added))
    }

    @Test(arguments: [
        ("Hello world", "Hello World"), ("-71.184902", "-71.184903"), ("\"Create\"", "\"Update\""),
        ("2023-02-24T23:36:38Z", "2023-02-24T23:36:37Z"), ("\"location\":", "\"more\":1,\"location\":"),
        ("#ed25519-key", "#other-key"), ("\"created\"", "\"more\":1,\"created\""),
    ])
    func `whatever is signed cannot be changed`(part: String, change: String) {
        let changed = ProofExample.signed().replacing(part, with: change)
        #expect(throws: SignatureFault.signatureInvalid) { try verify(changed) }
    }

    @Test func `the order of members and the way of writing do not matter`() throws {
        let changed = ProofExample.signed().replacing("25.273962", with: "2527.3962e-2")
            .replacing(",\"", with: " ,\n \"").replacing("Hello", with: #"\u0048ello"#)
        try verify(changed)
    }

    @Test func `another key or owner does not fit`() throws {
        #expect(throws: SignatureFault.signatureInvalid) {
            try verify(ProofExample.signed(), key: Ed25519PrivateKey.generate().publicKey)
        }
        #expect(throws: SignatureFault.algorithmOfAnotherKey) {
            try verify(ProofExample.signed(), key: PublicKey(pem: SignatureVectors.publicPEM))
        }
        for owner in ["https://other.example/users/alice", "http://server.example/users/alice", ""] {
            #expect(throws: SignatureFault.keyNotOwners) { try verify(ProofExample.signed(), owner: owner) }
        }
    }

    @Test func `a proof may be old but not of the future`() throws {
        try verify(ProofExample.signed(), now: ProofExample.created + 100_000_000)
        try verify(ProofExample.signed(), now: ProofExample.created - 3600)
        #expect(throws: SignatureFault.dateInFuture) {
            try verify(ProofExample.signed(), now: ProofExample.created - 3601)
        }
    }

    @Test func `a proof that has ended is refused`() {
        let expiring = ProofExample.signed(ProofExample.proof(more: #","expires":"2023-02-24T23:36:38Z""#))
        #expect(throws: SignatureFault.expired) { try verify(expiring, now: ProofExample.created + 3601) }
        #expect(throws: SignatureFault.signatureInvalid) {
            try verify(expiring, now: ProofExample.created + 3600)
        }
    }

    @Test func `a proof may keep the context to itself`() throws {
        // The signer hashed the context of the document with the proof, but left it out of what it sent.
        try verify(ProofExample.signed(ProofExample.proof(context: nil)))
    }

    @Test func `a proof may do without context`() throws {
        let options = ProofExample.proof(context: nil)
        let hashes =
            Digest.sha256(
                try #require(CanonicalJSON.bytes(of: try json(options), leavingOut: ["proofValue"])))
            + Digest.sha256(try #require(CanonicalJSON.bytes(of: try json(ProofExample.document))))
        let value = "z" + Base58.encode(try ProofExample.key().sign(hashes))
        try verify(ProofExample.signed(ProofExample.proof(context: nil, value: value)))
        #expect(throws: SignatureFault.signatureInvalid) {
            try verify(ProofExample.signed(ProofExample.proof(value: value)))
        }
    }

    @Test func `what has no canonical form is refused`() {
        let changed = ProofExample.signed().replacing("25.273962", with: "1e999")
        #expect(throws: SignatureFault.signatureInvalid) { try verify(changed) }
    }
}
