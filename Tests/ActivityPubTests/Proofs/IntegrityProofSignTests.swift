import ActivityPub
import Crypto
import JSON
import Testing

struct IntegrityProofSignTests {
    private func sign(_ document: String, created: Int64 = ProofExample.created) throws -> String {
        text(
            try IntegrityProof.sign(
                Array(document.utf8), key: ProofExample.key(), keyID: ProofExample.method, created: created))
    }

    @Test func `the example of FEP-8b32 is signed to the byte`() throws {
        let signed = try sign(ProofExample.document)
        #expect(signed.hasPrefix("{" + ProofExample.members + ",\"proof\":{"))
        #expect(try json(signed)["proof"]?["proofValue"]?.string == ProofExample.value)
        #expect(
            try json(signed)["proof"]?["@context"]?.rawBytes.elementsEqual(ProofExample.context.utf8) == true)
    }

    @Test(arguments: [
        ProofExample.document, " {\n \"a\" : [1.0, \"\\u20ac\"] }\n", "{}", "{ }", #"{"@context":"x","b":1}"#,
        #"{"a":{"proof":1},"signature":2}"#,
    ])
    func `what we sign can be verified`(document: String) throws {
        let signed = try json(try sign(document))
        let proof = try #require(IntegrityProof(signed))
        #expect(proof.created == ProofExample.created)
        let sender = try proof.verify(
            signed, key: ProofExample.key().publicKey, owner: ProofExample.owner, now: ProofExample.created)
        #expect(sender.actorID == ProofExample.owner)
    }

    @Test func `what cannot be signed is not`() {
        #expect(throws: IntegrityProof.SigningError.notAnObject) { try sign("[]") }
        #expect(throws: IntegrityProof.SigningError.alreadySigned) { try sign(#"{"proof":null}"#) }
        #expect(throws: IntegrityProof.SigningError.notCanonical) { try sign(#"{"a":1e999}"#) }
        #expect(throws: JSONError.self) { try sign("{") }
    }

    @Test(arguments: [Int64.min, -1, Int64.max])
    func `a moment beyond all reason does no harm`(created: Int64) throws {
        #expect(IntegrityProof(try json(try sign("{}", created: created))) != nil)
    }
}
