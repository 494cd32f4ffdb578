import Basics
import SQLite

/// A consistent picture of the database. Only `Storage` can run SQL on it.
package class Snapshot {
    let db: Connection
    /// Read when it is first needed; it never changes.
    private var hashKey: SipHash.Key?

    init(_ db: Connection) {
        self.db = db
    }

    /// Sixty-four bits of an address that depend on a secret of this instance.
    func hash(of address: String) throws -> Int64 {
        let key = try hashKey ?? KeyedHash.key(in: self)
        hashKey = key
        return Int64(bitPattern: SipHash.hash(address.utf8, key: key))
    }
}

/// The one open transaction. It cannot leave the closure that was given it, and nothing can wait inside.
package final class Transaction: Snapshot {
    private(set) var changes = Changes()
    private(set) var events: [Event] = []

    /// Notes news that is told after the commit, and never if there is none.
    package func announce(_ change: Changes) {
        changes.formUnion(change)
    }

    /// Notes something that open streams show, told after the commit in the order of the calls.
    package func tell(_ event: Event) {
        // Nobody reads more in one piece; whoever misses some pages what is missing.
        guard events.count < Event.mostInTransaction else { return }
        events.append(event)
    }
}

/// What a commit may have changed for those who wait for it.
package struct Changes: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Something waits to be delivered to other servers.
    package static let deliveries = Changes(rawValue: 1)
    /// An activity waits for something to be fetched.
    package static let fetches = Changes(rawValue: 2)
    /// The owner's profile or settings.
    package static let owner = Changes(rawValue: 4)
    /// A post that the owner wrote or changed, or one that is gone. How often one is liked, boosted, answered or voted on
    /// is told by nothing but a new version of the store.
    package static let ownPosts = Changes(rawValue: 8)
    /// Which domains are blocked.
    package static let domainBlocks = Changes(rawValue: 16)
    /// A poll that has an end.
    package static let polls = Changes(rawValue: 32)
    /// A post that waits for its time.
    package static let scheduled = Changes(rawValue: 64)
    /// Something waits to be pushed to an app.
    package static let pushes = Changes(rawValue: 128)
    /// Posts that the search does not know yet.
    package static let unindexed = Changes(rawValue: 256)
    /// Somebody was blocked.
    package static let blocks = Changes(rawValue: 512)
    /// An import began, or ended.
    package static let imports = Changes(rawValue: 1_024)
}

/// What open streams show, <https://docs.joinmastodon.org/methods/streaming/#events>.
package enum Event: Hashable, Sendable {
    /// Events of one transaction that are told.
    static let mostInTransaction = 1_000

    /// A post is new here.
    case added(StatusID)
    /// A post came onto the home timeline.
    case home(StatusID)
    /// A post came onto the timeline of a list.
    case listed(StatusID, ListID)
    case edited(StatusID)
    case removed(StatusID)
    case notified(NotificationID)
    /// A conversation has a new post.
    case conversation(ConversationID)
    case filtersChanged
    /// Notifications that were held back are among the others now.
    case notificationsMerged
    /// Tokens that are not valid any more.
    case revoked([Int64])
}
