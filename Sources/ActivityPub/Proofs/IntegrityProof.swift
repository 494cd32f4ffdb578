internal import Crypto
internal import HTTP
package import JSON

/// A signature inside of a document, by which its author vouches for it whoever delivers it. FEP-8b32.
///
/// <https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022>
package struct IntegrityProof: Sendable {
    /// The address of the key.
    package let verificationMethod: String
    /// Seconds since 1970.
    package let created: Int64?
    /// Seconds since 1970.
    package let expires: Int64?
    /// All of the proof, as its signer hashed it but for `proofValue`.
    let options: JSONValue
    let signature: [UInt8]

    static let type = "DataIntegrityProof"
    static let cryptosuite = "eddsa-jcs-2022"
    static let purpose = "assertionMethod"
    /// What is no part of the document that was signed: a `signature` may have been added by its side.
    static let unsigned: Set<String> = ["proof", "signature"]

    /// Most proofs of one document that are looked at.
    private static let most = 8

    /// The first proof of a document that is of the kind we can verify; `nil` if there is none.
    package init?(_ document: JSONValue) {
        guard document.kind == .object, let proofs = document["proof"]?.asArray else { return nil }
        for proof in proofs.prefix(IntegrityProof.most) {
            if let usable = IntegrityProof(proof: proof) {
                self = usable
                return
            }
        }
        return nil
    }

    private init?(proof: JSONValue) {
        // The second is Mitra's older name for nearly the same.
        let suites = [IntegrityProof.cryptosuite, "jcs-eddsa-2022"]
        guard proof.has(type: IntegrityProof.type), let suite = proof["cryptosuite"]?.string,
            suites.contains(suite), proof["proofPurpose"]?.string == IntegrityProof.purpose,
            // A chain of proofs would have to be verified as a whole.
            proof["previousProof"] == nil,
            let method = proof["verificationMethod"]?.string, method.utf8.count <= KeyID.limit,
            let text = proof["proofValue"]?.string, text.utf8.first == UInt8(ascii: "z"),
            // 64 bytes take at most 88 digits.
            text.utf8.count <= 89, let signature = Base58.decode(text.dropFirst()), signature.count == 64
        else { return nil }
        for name in ["created", "expires"] where proof[name] != nil {
            guard proof.date(name) != nil else { return nil }
        }
        verificationMethod = method
        created = proof.date("created").map { $0 / 1000 }
        expires = proof.date("expires").map { $0 / 1000 }
        options = proof
        self.signature = signature
    }
}
