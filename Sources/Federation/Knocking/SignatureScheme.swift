/// How a request of ours is signed: by the draft that everybody reads, by RFC 9421, or in the way of those who leave
/// the query out of what they check. The numbers are stored with a host.
package enum SignatureScheme: Int, Sendable {
    case cavage = 0
    case messageSignature = 1
    case cavageWithoutQuery = 2

    /// What to try once when a host refuses this one.
    /// <https://swicg.github.io/activitypub-http-signature/#how-to-upgrade-supported-versions>
    func alternative(hasQuery: Bool) -> SignatureScheme {
        switch self {
        case .cavage: hasQuery ? .cavageWithoutQuery : .messageSignature
        case .messageSignature, .cavageWithoutQuery: .cavage
        }
    }
}
