internal import HTTP

/// One signature of RFC 9421, from the headers `Signature-Input` and `Signature`.
package struct MessageSignature: Sendable {
    /// Where the key can be found, as the sender spells it; empty if the sender does not say.
    let keyID: String
    /// What is signed, in this order: fields in lower case, and components such as `@method`.
    let signed: [String]
    /// Whether something is signed in a manner that we cannot follow, such as one parameter of the query.
    let hasUnknownManner: Bool
    /// What is signed last: the list and its parameters, as they were written.
    let parameters: String
    /// `nil` leaves it to the key.
    let algorithm: String?
    /// Seconds since 1970.
    let created: Int64?
    /// Seconds since 1970.
    let expires: Int64?
    let signature: [UInt8]

    /// Longest header that is read, in bytes.
    private static let limit = 16_384

    /// The signatures of a request, in the order of `Signature-Input`; at least one.
    ///
    /// A label that only one of the headers has is left out.
    static func all(in fields: Fields) throws(SignatureFault) -> [MessageSignature] {
        guard let inputText = fields.joined("Signature-Input"), let text = fields.joined("Signature") else {
            throw .missingParameter
        }
        guard inputText.utf8.count <= limit, text.utf8.count <= limit else { throw .malformedSignature }
        let inputs = try StructuredDictionary(Array(inputText.utf8))
        let values = try StructuredDictionary(Array(text.utf8))
        var found: [MessageSignature] = []
        for input in inputs.members {
            guard case .item(.bytes(let signature)) = values[input.key]?.content else { continue }
            found.append(try MessageSignature(input, signature))
        }
        guard !found.isEmpty else { throw .missingParameter }
        return found
    }

    private init(_ input: StructuredMember, _ signature: [UInt8]) throws(SignatureFault) {
        guard case .list(let list) = input.content else { throw .malformedSignature }
        var signed: [String] = []
        var hasUnknownManner = false
        for (item, parameters) in list {
            guard case .string(let name) = item, !name.isEmpty else { throw .malformedSignature }
            if !parameters.isEmpty { hasUnknownManner = true }
            signed.append(name)
        }
        // The same field may come twice if its parameters differ, but those we do not take anyway.
        guard hasUnknownManner || Set(signed).count == signed.count else { throw .repeatedParameter }
        self.signed = signed
        self.hasUnknownManner = hasUnknownManner
        self.signature = signature
        parameters = input.text
        keyID = try MessageSignature.text("keyid", of: input) ?? ""
        algorithm = try MessageSignature.text("alg", of: input)
        created = try MessageSignature.seconds("created", of: input)
        expires = try MessageSignature.seconds("expires", of: input)
    }

    private static func text(_ name: String, of input: StructuredMember) throws(SignatureFault) -> String? {
        guard let value = input.parameters[name] else { return nil }
        guard case .string(let text) = value else { throw .malformedSignature }
        return text
    }

    private static func seconds(_ name: String, of input: StructuredMember) throws(SignatureFault) -> Int64? {
        guard let value = input.parameters[name] else { return nil }
        guard case .integer(let seconds) = value else { throw .malformedNumber }
        return seconds
    }
}
