internal import HTTP

extension MessageSignature {
    /// The bytes that must have been signed. RFC 9421 §2.5.
    func base(for request: SignedRequest) throws(SignatureFault) -> [UInt8] {
        try MessageSignature.base(for: request, signed: signed, parameters: parameters)
    }

    static func base(
        for request: SignedRequest, signed: [String], parameters: String
    ) throws(SignatureFault) -> [UInt8] {
        var text = SigningString()
        for name in signed { text.append("\"\(name)\"", try value(of: name, in: request)) }
        text.append("\"@signature-params\"", parameters)
        return text.bytes
    }

    /// What is a component of a request and needs no parameters. RFC 9421 §2.2.
    static let derived: Set<String> = [
        "@method", "@target-uri", "@authority", "@scheme", "@request-target", "@path", "@query",
    ]

    private static func value(
        of name: String, in request: SignedRequest
    ) throws(SignatureFault) -> String {
        let mark = request.target.utf8.firstIndex(of: UInt8(ascii: "?"))
        switch name {
        case "@method": return request.method.rawValue
        case "@target-uri": return request.scheme + "://" + request.authority + request.target
        case "@authority", "host": return request.authority
        case "@scheme": return request.scheme
        case "@request-target": return request.target
        case "@path": return mark.map { String(request.target[..<$0]) } ?? request.target
        // Without a query the question mark stands alone.
        case "@query": return mark.map { String(request.target[$0...]) } ?? "?"
        default:
            guard let value = request.fields.joined(name) else { throw .signedFieldAbsent }
            return value
        }
    }
}
