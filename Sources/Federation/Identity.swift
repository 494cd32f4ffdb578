import Crypto
package import Storage

/// Who this server is: its addresses, fixed once at `islet init`, and the one account.
package struct Identity: Sendable {
    /// `https://social.example`, as others reach it.
    package let origin: String
    /// `social.example`, with the port when there is one.
    package let host: String
    /// The host part of the handle; differs from `host` for a split domain.
    package let accountDomain: String
    package let username: String
    package let owner: ActorID
    let mediaKey: PreparedHMAC

    /// - Parameter mediaSecret: known to nobody else; signs the addresses of others' files.
    package init(
        origin: String, host: String, accountDomain: String, username: String, owner: ActorID,
        mediaSecret: [UInt8]
    ) {
        self.origin = origin
        self.host = host
        self.accountDomain = accountDomain
        self.username = username
        self.owner = owner
        mediaKey = PreparedHMAC(key: mediaSecret)
    }

    /// `https`, but for trials.
    package var scheme: String { origin.hasPrefix("http:") ? "http" : "https" }
    package var actor: String { "\(origin)/users/\(username)" }
    package var profile: String { "\(origin)/@\(username)" }
    package var inbox: String { "\(actor)/inbox" }
    package var outbox: String { "\(actor)/outbox" }
    package var followers: String { "\(actor)/followers" }
    /// The followers of one other server, for comparing (FEP-8fcf).
    package var followersSynchronization: String { "\(actor)/followers_synchronization" }
    package var following: String { "\(actor)/following" }
    package var featured: String { "\(actor)/collections/featured" }
    package var featuredTags: String { "\(actor)/collections/tags" }
    package var proofKeyID: String { "\(actor)#ed25519-key" }
    package var sharedInbox: String { "\(origin)/inbox" }
    package var keyID: String { "\(actor)#main-key" }
    /// The actor that fetches, so that reading does not say who reads.
    package var instanceActor: String { "\(origin)/actor" }
    package var instanceKeyID: String { "\(instanceActor)#main-key" }

    package func status(_ id: StatusID) -> String { "\(actor)/statuses/\(id)" }
    /// The page for people.
    package func statusPage(_ id: StatusID) -> String { "\(profile)/\(id)" }
    /// - Parameter name: lower case, percent-encoded where needed.
    package func hashtag(_ name: String) -> String { "\(origin)/tags/\(name)" }

    /// Whether an address is one of this server's own.
    package func isOwn(_ uri: String) -> Bool {
        uri.hasPrefix(origin)
            && (uri.utf8.count == origin.utf8.count || uri.utf8.dropFirst(origin.utf8.count).first == 0x2F)
    }

    /// The post that an own address (id or page) names.
    package func ownStatus(_ uri: String) -> StatusID? {
        for prefix in ["\(actor)/statuses/", "\(profile)/"] where uri.hasPrefix(prefix) {
            return StatusID(uri.dropFirst(prefix.count))
        }
        return nil
    }
}
