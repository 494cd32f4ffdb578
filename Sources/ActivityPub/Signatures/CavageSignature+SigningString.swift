internal import HTTP

extension CavageSignature {
    /// The bytes that must have been signed, if `target` is what the sender took for the target of this
    /// request.
    func signingString(for request: SignedRequest, target: some StringProtocol) throws(SignatureFault)
        -> [UInt8]
    {
        var text = SigningString()
        for name in signed {
            switch name {
            case "(request-target)": text.appendRequestTarget(request.method, target)
            case "host": text.append(name, request.host)
            case "(created)": text.append(name, try CavageSignature.text(of: created))
            case "(expires)": text.append(name, try CavageSignature.text(of: expires))
            default:
                guard let value = request.fields.joined(name) else { throw .signedFieldAbsent }
                text.append(name, value)
            }
        }
        return text.bytes
    }

    private static func text(of seconds: Int64?) throws(SignatureFault) -> String {
        guard let seconds else { throw .pseudoFieldNotAllowed }
        return String(seconds)
    }
}
