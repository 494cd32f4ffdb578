internal import Crypto

/// What a `Signature` header says. draft-cavage-http-signatures-12, the scheme nearly all of the fediverse
/// speaks.
package struct CavageSignature: Sendable {
    /// Where the key can be found, as the sender spells it.
    package let keyID: String
    /// In lower case; `nil` stands for `hs2019`.
    package let algorithm: String?
    /// What is signed, in this order; field names in lower case.
    package let signed: [String]
    package let signature: [UInt8]
    /// Seconds since 1970.
    package let created: Int64?
    /// Seconds since 1970.
    package let expires: Int64?

    /// More fields than this are not signed by anybody.
    private static let signedLimit = 64

    /// Reads the value of a `Signature` header.
    package init(_ header: String) throws(SignatureFault) {
        let parameters = try SignatureParameters(Array(header.utf8))
        guard let keyID = parameters["keyId"], !keyID.isEmpty, let text = parameters["signature"],
            !text.isEmpty
        else { throw .missingParameter }
        guard let signature = Base64.decode(String(decoding: text, as: UTF8.self)) else {
            throw .malformedBase64
        }
        self.keyID = String(decoding: keyID, as: UTF8.self)
        self.signature = signature
        algorithm = parameters["algorithm"].map { String(decoding: $0.lowercasedASCII(), as: UTF8.self) }
        created = try CavageSignature.seconds(parameters["created"])
        expires = try CavageSignature.seconds(parameters["expires"])

        // Section 2.1.6: what is signed if nothing is said about it.
        let isModern = algorithm == nil || algorithm == "hs2019"
        guard let list = parameters["headers"] else {
            signed = [isModern ? "(created)" : "date"]
            return
        }
        signed = list.split(separator: UInt8(ascii: " ")).map {
            String(decoding: $0.lowercasedASCII(), as: UTF8.self)
        }
        guard !signed.isEmpty, signed.count <= CavageSignature.signedLimit else { throw .malformedSignature }
        // A list with repetitions would let a small request ask for a large signing string.
        guard Set(signed).count == signed.count else { throw .repeatedParameter }
    }

    /// Whether `(created)` and `(expires)` mean something. An absent algorithm counts as `hs2019`.
    var allowsPseudoFields: Bool { algorithm == nil || algorithm == "hs2019" }

    private static func seconds(_ text: [UInt8]?) throws(SignatureFault) -> Int64? {
        guard let text else { return nil }
        let isNumber =
            (1...15).contains(text.count)
            && text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let value = Int64(String(decoding: text, as: UTF8.self)) else {
            throw .malformedNumber
        }
        return value
    }
}
