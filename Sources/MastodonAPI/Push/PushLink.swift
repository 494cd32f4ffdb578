import Crypto
import Federation
import Storage

/// The address by which a push service can end a subscription; it goes with every message.
///
/// What makes it unguessable is derived from the secret that this server shares with the app alone.
enum PushLink {
    static func url(of subscription: PushSubscription, _ identity: Identity) -> String {
        "\(identity.origin)/api/web/push_subscriptions/\(subscription.id)-\(proof(of: subscription))"
    }

    /// The number of the subscription that a signed id names, as far as it can be told without looking it up.
    static func number(in signedID: String) -> Int64? {
        signedID.split(separator: "-", maxSplits: 1).first.flatMap { Int64($0) }
    }

    static func isGood(_ signedID: String, for subscription: PushSubscription) -> Bool {
        ConstantTime.equal(signedID, "\(subscription.id)-\(proof(of: subscription))")
    }

    private static func proof(of subscription: PushSubscription) -> String {
        Base64.encodeURL(
            HMAC.sha256(
                key: subscription.auth, message: Array("unsubscribe \(subscription.endpoint)".utf8)))
    }
}
