import ActivityPub
import Crypto
import HTTP

/// Somebody who signs requests as RFC 9421 says, with a signature base made by other code than ours.
struct MessageSender {
    static let key = Result { try Ed25519PrivateKey.generate() }

    var label = "sig1"
    var keyID: String? = "https://remote.example/users/a#main-key"
    var owner = "https://remote.example/users/a"
    /// As they stand in the list, with their values by default taken from the request.
    var signed = #""@method" "@target-uri" "content-digest""#
    var created: Int64? = TestSender.now
    /// Further parameters, each with its semicolon.
    var more = ""

    var method = Method.post
    var target = "/inbox"
    var body = #"{"type":"Like"}"#
    var others: [(String, String)] = []
    var key = MessageSender.key

    static func get(_ target: String = "/users/me") -> MessageSender {
        MessageSender(signed: #""@method" "@target-uri""#, method: .get, target: target, body: "")
    }

    private func value(of name: String, in fields: Fields) -> String {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        switch name {
        case "@method": return method.rawValue
        case "@target-uri": return "https://islet.example" + target
        case "@authority", "host": return "islet.example"
        case "@scheme": return "https"
        case "@request-target": return target
        case "@path": return String(parts[0])
        case "@query": return "?" + (parts.count > 1 ? parts[1] : "")
        default: return fields.joined(name) ?? ""
        }
    }

    var parameters: String {
        var text = "(\(signed))"
        if let created { text += ";created=\(created)" }
        if let keyID { text += ";keyid=\"\(keyID)\"" }
        return text + more
    }

    func fields() throws -> Fields {
        var fields = Fields()
        if method == .post {
            fields.append("Content-Digest", ContentDigest.structuredHeader(for: Array(body.utf8)))
            fields.append("Content-Type", "application/activity+json")
        }
        for (name, value) in others { fields.append(name, value) }
        var lines = signed.split(separator: " ").map { quoted in
            "\(quoted): \(value(of: quoted.filter { $0 != "\"" }, in: fields))"
        }
        lines.append("\"@signature-params\": \(parameters)")
        let signature = try key.get().sign(Array(lines.joined(separator: "\n").utf8))
        fields.append("Signature-Input", "\(label)=\(parameters)")
        fields.append("Signature", "\(label)=:\(Base64.encode(signature)):")
        return fields
    }

    func request() throws -> SignedRequest {
        SignedRequest(
            method: method, target: target, host: "islet.example", fields: try fields(),
            body: Array(body.utf8))
    }

    /// What the verifier makes of the request, changed on its way if the test wants that.
    @discardableResult
    func send(
        now: Int64 = TestSender.now, preferring: String? = nil,
        change: (inout SignedRequest) -> Void = { _ in }
    ) throws -> VerifiedSender {
        var request = try request()
        change(&request)
        let verifier = try SignatureVerifier(request, now: now, preferring: preferring)
        return try verifier.verify(key: key.get().publicKey, keyOwner: owner)
    }
}
