import ActivityPub
import Crypto
import HTTP

/// Somebody who signs requests in whatever way a test wants, with a signing string made by other code than
/// ours.
struct TestSender {
    static let rsaKey = Result { try RSAPrivateKey.generate() }
    /// When requests are signed unless a test says otherwise: 20 April 2021, 02:07:55.
    static let now: Int64 = 1_618_884_475

    var keyID = "https://remote.example/users/a#main-key"
    var owner = "https://remote.example/users/a"
    var algorithm: String? = "rsa-sha256"
    var signed = "(request-target) host date digest"
    var hash = SigningDigest.sha256
    var created: Int64?
    var expires: Int64?
    /// What the sender takes for our host and for the target.
    var host = "islet.example"
    var signedTarget: String?

    var method = Method.post
    var target = "/inbox"
    var date: String? = "Tue, 20 Apr 2021 02:07:55 GMT"
    var digest: String?
    var body = #"{"type":"Like"}"#
    var others: [(String, String)] = []

    static func get(_ target: String = "/users/me") -> TestSender {
        TestSender(signed: "(request-target) host date", method: .get, target: target, body: "")
    }

    func fields() throws -> Fields {
        var fields = Fields()
        fields.append("Host", host)
        if let date { fields.append("Date", date) }
        if method == .post { fields.append("Digest", digest ?? ContentDigest.header(for: Array(body.utf8))) }
        for (name, value) in others { fields.append(name, value) }

        var lines: [String] = []
        for name in signed.split(separator: " ") {
            let value: String
            switch name {
            case "(request-target)": value = "\(method.rawValue.lowercased()) \(signedTarget ?? target)"
            case "(created)": value = created.map(String.init) ?? ""
            case "(expires)": value = expires.map(String.init) ?? ""
            default: value = fields.joined(String(name)) ?? ""
            }
            lines.append("\(name): \(value)")
        }
        let text = lines.joined(separator: "\n")
        let signature = try Base64.encode(TestSender.rsaKey.get().sign(Array(text.utf8), hash))
        var header = "keyId=\"\(keyID)\""
        if let algorithm { header += ",algorithm=\"\(algorithm)\"" }
        if let created { header += ",created=\(created)" }
        if let expires { header += ",expires=\(expires)" }
        fields.append("Signature", header + ",headers=\"\(signed)\",signature=\"\(signature)\"")
        return fields
    }

    func request() throws -> SignedRequest {
        SignedRequest(
            method: method, target: target, host: "islet.example", fields: try fields(),
            body: Array(body.utf8))
    }

    /// What the verifier makes of the request, changed on its way if the test wants that.
    @discardableResult
    func send(now: Int64 = TestSender.now, change: (inout SignedRequest) -> Void = { _ in }) throws
        -> VerifiedSender
    {
        var request = try request()
        change(&request)
        let verifier = try SignatureVerifier(request, now: now)
        return try verifier.verify(key: TestSender.rsaKey.get().publicKey, keyOwner: owner)
    }
}
