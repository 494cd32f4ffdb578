package import Crypto
package import HTTP

extension MessageSignature {
    /// The fields `Signature-Input` and `Signature` for a request of ours.
    ///
    /// - Parameters:
    ///   - fields: Those of the request that are signed must be among them: for a POST at least
    ///     `Content-Type` and `Content-Digest`.
    ///   - components: What is signed instead of the usual; fields in lower case.
    ///   - others: Names of further fields that are signed, in lower case. Never one that a proxy rewrites.
    ///   - created: Seconds since 1970.
    ///   - keyID: An address, without quotes and backslashes.
    /// - Throws: `SignatureFault.signedFieldAbsent`, `OpenSSLError`.
    package static func produce(
        method: Method, url: WebURL, fields: Fields, components: [String]? = nil, others: [String] = [],
        created: Int64, keyID: String, key: RSAPrivateKey
    ) throws -> Fields {
        let request = SignedRequest(
            method: method, target: url.requestTarget, host: url.authority, scheme: url.scheme,
            fields: fields, body: [])
        let signed = (components ?? usual(for: method)) + others
        let list = signed.map { "\"\($0)\"" }.joined(separator: " ")
        let parameters = "(\(list));created=\(created);keyid=\"\(keyID)\";alg=\"rsa-v1_5-sha256\""
        let signature = try key.sign(try base(for: request, signed: signed, parameters: parameters))
        return [
            "Signature-Input": "sig1=" + parameters, "Signature": "sig1=:\(Base64.encode(signature)):",
        ]
    }

    private static func usual(for method: Method) -> [String] {
        let place = ["@method", "@target-uri", "@authority"]
        return method == .post ? place + ["content-type", "content-digest"] : place
    }
}
