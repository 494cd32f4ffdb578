package import Crypto
package import HTTP

extension CavageSignature {
    /// The `Signature` header for a request of ours.
    ///
    /// It covers `(request-target) host date`, the digest if there is one, and what else is given. One line,
    /// no spaces after commas, the parameters in this order: some readers split at commas or match with
    /// regular expressions.
    ///
    /// - Parameters:
    ///   - target: Path and query, as in the request line.
    ///   - host: What the receiver believes its host is: lower case, no port if it is the default one.
    ///   - date: Exactly what the `Date` header says.
    ///   - digest: Exactly what the `Digest` header says; a request with a body must have one.
    ///   - others: Further fields, names in lower case. Never one that a proxy rewrites.
    /// - Throws: `OpenSSLError`.
    package static func produce(
        method: Method, target: String, host: String, date: String, digest: String? = nil,
        others: [(name: String, value: String)] = [], keyID: String, key: RSAPrivateKey
    ) throws -> String {
        var text = SigningString()
        var names = "(request-target) host date"
        text.appendRequestTarget(method, target)
        text.append("host", host)
        text.append("date", date)
        if let digest {
            text.append("digest", digest)
            names += " digest"
        }
        for other in others {
            text.append(other.name, other.value)
            names += " " + other.name
        }
        let signature = Base64.encode(try key.sign(text.bytes))
        // Not every reader knows `hs2019`; all know this name.
        return "keyId=\"\(keyID)\",algorithm=\"rsa-sha256\",headers=\"\(names)\",signature=\"\(signature)\""
    }
}
