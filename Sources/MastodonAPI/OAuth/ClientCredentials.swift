import Crypto
import HTTP
import Storage

/// How an app proves which one it is, RFC 6749 section 2.3.1: in the body, or as user and password.
struct ClientCredentials {
    let id: String
    let secret: String

    init?(_ call: Call) {
        if let id = call.parameters.text("client_id"), let secret = call.parameters.text("client_secret") {
            self.id = id
            self.secret = secret
            return
        }
        guard let header = call.request.fields["Authorization"], header.utf8.count > 6,
            header.utf8.prefix(6).elementsEqual("basic ".utf8, by: { $0 | 0x20 == $1 }),
            let pair = Base64.decodeLenient(String(header.dropFirst(6)).trimmingSpaces),
            let colon = pair.firstIndex(of: 0x3A)
        else { return nil }
        id = PercentCoding.decodeForm(pair[..<colon])
        secret = PercentCoding.decodeForm(pair[(colon + 1)...])
    }

    /// The app with this id and secret, or nil.
    func app(in snapshot: Snapshot) throws -> OAuthApps.App? {
        guard let app = try OAuthApps.find(clientID: id, in: snapshot),
            ConstantTime.equal(app.secretDigest, Digest.sha256(secret.utf8))
        else { return nil }
        return app
    }
}
