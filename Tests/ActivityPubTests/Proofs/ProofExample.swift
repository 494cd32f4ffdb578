import Crypto
import JSON

/// The example of FEP-8b32, and the one of W3C's suite with the same key.
enum ProofExample {
    static let publicKey = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    static let seed = "c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6"
    static let owner = "https://server.example/users/alice"
    static let method = "https://server.example/users/alice#ed25519-key"
    /// 2023-02-24T23:36:38Z.
    static let created: Int64 = 1_677_281_798
    static let context =
        #"["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v2"]"#
    static let value =
        "z42ffGu6AUKPCFcFPiabmUvnGLPJzC7e4DGWC52NUasSSH37UMa9c58tdgVszUcZfytxa4fQ5TYHaJENCxUDe9SdL"

    static let members =
        #""@context":\#(context),"id":"https://server.example/activities/1","type":"Create","#
        + #""actor":"https://server.example/users/alice","object":{"id":"https://server.example/objects/1","#
        + #""type":"Note","attributedTo":"https://server.example/users/alice","content":"Hello world","#
        + #""location":{"type":"Place","longitude":-71.184902,"latitude":25.273962}}"#
    static let document = "{\(members)}"

    static func proof(context: String? = context, value: String = value, more: String = "") -> String {
        let before = context.map { #""@context":\#($0),"# } ?? ""
        return #"{\#(before)"type":"DataIntegrityProof","cryptosuite":"eddsa-jcs-2022","#
            + #""verificationMethod":"\#(method)","proofPurpose":"assertionMethod","#
            + #""proofValue":"\#(value)","created":"2023-02-24T23:36:38Z"\#(more)}"#
    }

    static func signed(_ proof: String = proof()) -> String { "{\(members),\"proof\":\(proof)}" }

    static func key() throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: Hex.decode(seed) ?? [])
    }

    static let credential =
        #"{"@context":["https://www.w3.org/ns/credentials/v2","#
        + #""https://www.w3.org/ns/credentials/examples/v2"],"#
        + #""id":"urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33","type":["VerifiableCredential","#
        + #""AlumniCredential"],"name":"Alumni Credential","description":"A minimum viable example of an "#
        + #"Alumni Credential.","issuer":"https://vc.example/issuers/5678","#
        + #""validFrom":"2023-01-01T00:00:00Z","credentialSubject":{"id":"did:example:abcdefgh","#
        + #""alumniOf":"The School of Examples"}}"#
}
