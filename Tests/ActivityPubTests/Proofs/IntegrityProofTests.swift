import ActivityPub
import JSON
import Testing

/// Which proofs are taken for one that can be verified.
struct IntegrityProofTests {
    private func proof(_ text: String) throws -> IntegrityProof? {
        IntegrityProof(try json(#"{"type":"Note","proof":\#(text)}"#))
    }

    @Test func `what a proof says is read`() throws {
        let proof = try #require(try proof(ProofExample.proof(more: #","expires":"2023-02-24T23:36:39Z""#)))
        #expect(proof.verificationMethod == ProofExample.method)
        #expect(proof.created == ProofExample.created)
        #expect(proof.expires == ProofExample.created + 1)
    }

    @Test func `the first usable of several counts`() throws {
        let other = #"{"type":"DataIntegrityProof","cryptosuite":"ecdsa-jcs-2019"}"#
        #expect(try proof("[\(other), \"x\", \(ProofExample.proof())]") != nil)
        let many = [String](repeating: other, count: 8).joined(separator: ",")
        #expect(try proof("[\(many), \(ProofExample.proof())]") == nil)
    }

    @Test func `both names of the suite will do`() throws {
        let older = ProofExample.proof().replacing("eddsa-jcs-2022", with: "jcs-eddsa-2022")
        #expect(try proof(older) != nil)
    }

    @Test(arguments: [
        ("DataIntegrityProof", "RsaSignature2017"), ("eddsa-jcs-2022", "eddsa-rdfc-2022"),
        ("assertionMethod", "authentication"), ("\"proofValue\":\"z", "\"proofValue\":\"u"),
        ("\"proofValue\":\"z4", "\"proofValue\":\"z0"), ("\"proofValue\":\"z42", "\"proofValue\":\"z"),
        ("\"proofValue\":\"z4", "\"proofValue\":\"z44"), ("proofValue", "proofvalue"),
        ("verificationMethod\":", "verificationMethod\":1,\"x\":"), ("2023-02-24T", "yesterday "),
        ("\"type\"", "\"previousProof\":\"urn:x\",\"type\""), ("\"created\":\"", "\"expires\":\"x"),
    ])
    func `what cannot be verified is no proof`(part: String, change: String) throws {
        let changed = ProofExample.proof().replacing(part, with: change)
        #expect(changed != ProofExample.proof())
        #expect(try proof(changed) == nil)
    }

    @Test(arguments: ["1", "null", "\"x\"", "[]", "{}", "[[]]"])
    func `what is no proof is none`(text: String) throws {
        #expect(try proof(text) == nil)
    }

    @Test func `a document without proof has none`() throws {
        #expect(IntegrityProof(try json("{}")) == nil)
        #expect(IntegrityProof(try json("[]")) == nil)
    }
}
