package import Crypto
internal import HTTP
internal import JSON

extension IntegrityProof {
    /// Why a document cannot be signed.
    package enum SigningError: Error, Equatable {
        case notAnObject
        /// A second proof would say nothing that the first does not.
        case alreadySigned
        /// It holds a number that has no canonical form.
        case notCanonical
    }

    /// The document with a proof as its last member, its other bytes unchanged.
    ///
    /// - Parameters:
    ///   - document: An object whose `@context` has `https://w3id.org/security/data-integrity/v2` in it.
    ///   - keyID: The address of the key, as the actor lists it under `assertionMethod`.
    ///   - created: Seconds since 1970.
    /// - Throws: `SigningError`, `JSONError`, `OpenSSLError`.
    package static func sign(
        _ document: [UInt8], key: Ed25519PrivateKey, keyID: String, created: Int64
    ) throws -> [UInt8] {
        let root = try Document(document).root
        guard root.kind == .object else { throw SigningError.notAnObject }
        guard root["proof"] == nil else { throw SigningError.alreadySigned }
        let context = root["@context"]?.rawBytes
        let options = proof(context: context, keyID: keyID, created: created, value: nil)
        guard let text = CanonicalJSON.bytes(of: root, leavingOut: unsigned),
            let optionsText = CanonicalJSON.bytes(of: try Document(options).root)
        else { throw SigningError.notCanonical }
        let signature = try key.sign(Digest.sha256(optionsText) + Digest.sha256(text))

        let value = "z" + Base58.encode(signature)
        // The text of an object ends with its brace; the space around it is not part of it.
        var signed = Array(root.rawBytes.dropLast())
        signed += (root.count == 0 ? "\"proof\":" : ",\"proof\":").utf8
        signed += proof(context: context, keyID: keyID, created: created, value: value)
        signed.append(UInt8(ascii: "}"))
        return signed
    }

    private static func proof(
        context: ArraySlice<UInt8>?, keyID: String, created: Int64, value: String?
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { writer in
            // Repeated because of §3.3.1 of the suite: what the terms mean is signed as well.
            if let context { writer.raw("@context", context) }
            writer.field("type", type)
            writer.field("cryptosuite", cryptosuite)
            writer.field("verificationMethod", keyID)
            writer.field("proofPurpose", purpose)
            // Ends with the year 9999, as dates do.
            writer.field("created", ISO8601.seconds(min(max(created, 0), 253_402_300_799) * 1000))
            if let value { writer.field("proofValue", value) }
        }
        return writer.bytes
    }
}
