import ActivityPub
import Basics
import Storage

/// One kind of activity: the shape it reads, what it needs to know, and its effects in one transaction.
protocol InboundActivity: Sendable {
    /// Reads what it uses; nil when the activity does not concern this server, which is no error.
    init?(_ activity: Activity, reading: InboxReading)

    /// Whether a second arrival would do again what was undone in between, so that the id has to be remembered.
    /// What is idempotent by what is stored needs no memory; Misskey even sends different Follows under one id.
    static var isRemembered: Bool { get }

    /// Whether the owner's block of the sender leaves it its effect: what only takes away, or must be refused.
    static var isHeardFromBlocked: Bool { get }

    /// What must be known here before `apply` can run. Only what is missing is fetched, and then the activity waits
    /// in a queue meanwhile.
    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed]

    /// When the fetch may begin; nil for at once.
    func earliest(in snapshot: Snapshot, _ reading: InboxReading) throws -> Timestamp?

    /// What the queue keeps of it, when that is less than the whole.
    func digest(_ reading: InboxReading) -> [UInt8]?

    /// The effects. It runs synchronously in one transaction, so it must not wait for anything.
    func apply(_ context: InboxContext) throws
}

extension InboundActivity {
    static var isRemembered: Bool { false }
    static var isHeardFromBlocked: Bool { false }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] { [] }
    func earliest(in snapshot: Snapshot, _ reading: InboxReading) throws -> Timestamp? { nil }
    func digest(_ reading: InboxReading) -> [UInt8]? { nil }
}

/// Something of another server that has to be fetched first.
enum InboxNeed: Hashable, Sendable {
    /// A post that is not here.
    case status(String)
    /// A post, here or not, as its server has it now; edits are applied.
    case freshStatus(String)
    /// Somebody else says that it was deleted. It is removed, and remembered as gone, only if its own server says so.
    case goneStatus(String)
    /// The actor's document as it is now, although one is known.
    case freshActor(String)
    /// The actor, when not known yet.
    case actor(String)
    /// The activity as its own server has it; it is then taken as if its actor had sent it.
    case activity(String)
}

/// What activities are read with.
struct InboxReading: Sendable {
    let identity: Identity
    /// The id of the actor whose key signed.
    let sender: String
    /// Whether an id may be stored and asked for at all.
    let accepts: @Sendable (String) -> Bool

    /// Whether this is the address of something of somebody else's that may be asked for.
    func isForeign(_ uri: String) -> Bool { accepts(uri) && !identity.isOwn(uri) }

    /// Whether the sender may speak of this address: it is on their own server.
    func isTheirs(_ uri: String) -> Bool { isForeign(uri) && ObjectID.sameOrigin(uri, sender) }
}

/// What activities are applied with.
struct InboxContext {
    let identity: Identity
    let outbox: Outbox
    /// The row of the actor whose key signed.
    let sender: ActorID
    let senderURI: String
    let receivedAt: Timestamp
    /// Since when it waited for what it needs; nil when that was all there.
    let waitedSince: Timestamp?
    /// Whether the owner is not to be told: it was looked up, not delivered.
    let isQuiet: Bool
    /// Posts that were fetched for it, by the address that was asked for: a page's leads to another.
    let found: [String: StatusID]
    let tx: Transaction

    /// Tells the owner, unless the sender is muted or blocked.
    func notify(_ kind: Storage.Notification.Kind, from actor: ActorID? = nil, status: StatusID?) throws {
        guard !isQuiet else { return }
        let actor = actor ?? sender
        guard try !Blocks.contains(actor, in: tx) else { return }
        if let mute = try Mutes.find(actor, at: receivedAt, in: tx), mute.notifications { return }
        try Notifications.add(kind, from: actor, status: status, at: receivedAt, in: tx)
    }

    /// The post at this address.
    func status(at uri: String) throws -> Storage.Status? {
        if let id = found[uri] { return try Statuses.find(id, in: tx) }
        return try Statuses.find(uri: uri, in: tx)
    }

    /// The owner's post with this address, when it is there and the sender may see it.
    func ownPost(_ id: StatusID?) throws -> Storage.Status? {
        guard let id, let status = try Statuses.find(id, in: tx), status.actor == identity.owner,
            status.reblogOf == nil, try Sight.of(status, by: sender, in: tx)
        else { return nil }
        return status
    }
}
