import ActivityPub
import Basics
import Crypto
import HTTP
import TestSupport

/// A signed delivery in the spellings that other software uses.
struct QuirkPost {
    var body: String
    var keyID: String
    var date: Timestamp
    var key = TestKeys.common
    /// The value of the `Digest` field when it is not spelled as usual.
    var digest: String?
    var algorithm: String? = "rsa-sha256"
    /// Between the parameters of the signature.
    var comma = ","
    /// Where the sender has put the query, or not.
    var target = "/inbox"
    var contentType = "application/activity+json"
    /// Further fields, and whether they are signed.
    var more: [(name: String, value: String, isSigned: Bool)] = []

    init(_ body: String, by actor: StrangerActor, at date: Timestamp) {
        self.init(body, keyID: actor.keyID, at: date)
    }

    init(_ body: String, keyID: String, at date: Timestamp) {
        self.body = body
        self.keyID = keyID
        self.date = date
    }

    func request() throws -> Request {
        let bytes = Array(body.utf8)
        var fields: Fields = [
            "Host": "islet.example", "Date": HTTPDate.format(date.seconds), "Content-Type": contentType,
            "Digest": digest ?? ContentDigest.header(for: bytes),
        ]
        for field in more { fields[field.name] = field.value }
        let named = ["host", "date", "digest"] + more.filter(\.isSigned).map { $0.name.lowercased() }
        let lines = ["(request-target): post \(target)"] + named.map { "\($0): \(fields[$0] ?? "")" }
        let signature = Base64.encode(try key.sign(Array(lines.joined(separator: "\n").utf8)))
        let parameters =
            ["keyId=\"\(keyID)\""] + (algorithm.map { ["algorithm=\"\($0)\""] } ?? []) + [
                "headers=\"(request-target) \(named.joined(separator: " "))\"", "signature=\"\(signature)\"",
            ]
        fields["Signature"] = parameters.joined(separator: comma)
        var request = Request(.post, target, fields: fields, body: .bytes(bytes))
        request.isSecure = true
        return request
    }

    /// The same by RFC 9421, as Fedify signs at first.
    func messageSigned() throws -> Request {
        let bytes = Array(body.utf8)
        guard let url = WebURL("https://islet.example\(target)") else { preconditionFailure("an address") }
        var fields: Fields = [
            "Host": "islet.example", "Date": HTTPDate.format(date.seconds), "Content-Type": contentType,
            "Content-Digest": ContentDigest.structuredHeader(for: bytes),
        ]
        let made = try MessageSignature.produce(
            method: .post, url: url, fields: fields,
            components: ["@method", "@target-uri", "@authority", "host", "date", "content-digest"],
            created: date.seconds, keyID: keyID, key: key)
        for field in made { fields[field.name] = field.value }
        var request = Request(.post, target, fields: fields, body: .bytes(bytes))
        request.isSecure = true
        return request
    }
}
