import ActivityPub
package import Basics
package import Crypto
package import HTTP

/// A signed delivery, every part of which a test can make wrong.
package struct SignedPost: Sendable {
    package var url: WebURL
    package var body: [UInt8]
    package var keyID: String
    package var key = TestKeys.common
    package var date: Timestamp
    /// What is signed, in this order.
    package var signed = "(request-target) host date digest"
    /// The value of the `Digest` field when it is not that of the body.
    package var digest: String?
    package var sendsDigest = true
    package var sendsSignature = true
    package var breaksSignature = false
    /// Whom the sender signed for, when that is not the host of `url`.
    package var signedHost: String?

    package init(to url: WebURL, body: [UInt8], keyID: String, at date: Timestamp) {
        self.url = url
        self.body = body
        self.keyID = keyID
        self.date = date
    }

    /// The request as it arrives.
    package func request() throws -> Request {
        var fields: Fields = [
            "Host": url.authority, "Date": HTTPDate.format(date.seconds),
            "Content-Type": "application/activity+json",
        ]
        if sendsDigest { fields["Digest"] = digest ?? ContentDigest.header(for: body) }
        var lines: [String] = []
        for name in signed.split(separator: " ") {
            switch name {
            case "(request-target)": lines.append("\(name): post \(url.requestTarget)")
            case "host": lines.append("\(name): \(signedHost ?? url.authority)")
            default: lines.append("\(name): \(fields[String(name)] ?? "")")
            }
        }
        var signature = try key.sign(Array(lines.joined(separator: "\n").utf8))
        if breaksSignature { signature[0] ^= 1 }
        if sendsSignature {
            fields["Signature"] =
                "keyId=\"\(keyID)\",algorithm=\"rsa-sha256\",headers=\"\(signed)\","
                + "signature=\"\(Base64.encode(signature))\""
        }
        var request = Request(.post, url.requestTarget, fields: fields, body: .bytes(body))
        request.isSecure = true
        return request
    }
}
