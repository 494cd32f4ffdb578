import Basics
import Crypto
import HTTP
import JSON
import Storage
import Synchronization

/// What tells a push service who sends: one signed token for each, kept while it is good. RFC 8292, RFC 7515.
final class PushTokens: Sendable {
    struct Credentials: Sendable {
        /// A JWT.
        let token: String
        /// Our public point in Base64 without padding.
        let key: String
    }

    /// How long a token is good: RFC 8292 section 2 allows 24 hours, and clocks differ.
    static let lifetime = Duration.hours(12)
    /// A token is used until so long before its end.
    private static let margin = Duration.hours(1)
    /// Tokens that are kept; there are only a few push services.
    private static let limit = 16

    private struct Entry {
        let origin: String
        let end: Timestamp
        let credentials: Credentials
    }

    private let kept = Mutex<[Entry]>([])
    private let store: Store
    /// Where somebody is found who is responsible for what is sent.
    private let contact: String

    init(store: Store, contact: String) {
        self.store = store
        self.contact = contact
    }

    /// What an endpoint of this origin is shown.
    func credentials(for origin: String, at now: Timestamp) throws -> Credentials {
        let known = kept.withLock { entries in
            entries.first {
                $0.origin == origin && now + PushTokens.margin < $0.end && $0.end <= now + PushTokens.lifetime
            }
        }
        if let known { return known.credentials }
        let (key, text) = try store.read { (try PushKey.key(in: $0), try PushKey.publicText(in: $0)) }
        let end = now + PushTokens.lifetime
        let credentials = Credentials(
            token: try PushTokens.token(for: origin, contact: contact, until: end, signedBy: key),
            key: text.replacing("=", with: ""))
        kept.withLock { entries in
            entries.removeAll { $0.origin == origin || $0.end <= now }
            if entries.count == PushTokens.limit { entries.removeFirst() }
            entries.append(Entry(origin: origin, end: end, credentials: credentials))
        }
        return credentials
    }

    /// A JWT signed with ES256, RFC 7518 section 3.4.
    private static func token(
        for origin: String, contact: String, until end: Timestamp, signedBy key: P256PrivateKey
    ) throws -> String {
        var claims = JSONWriter(capacity: 160)
        claims.object { writer in
            writer.field("aud", origin)
            writer.field("exp", end.seconds)
            writer.field("sub", contact)
        }
        let head = Base64.encodeURL(Array(#"{"typ":"JWT","alg":"ES256"}"#.utf8))
        let signed = head + "." + Base64.encodeURL(claims.bytes)
        return signed + "." + Base64.encodeURL(try key.sign(Array(signed.utf8)))
    }
}
