import ActivityPub
import Basics
import Storage

/// One kind of activity: the shape it reads, what it needs to know, and its effects in one transaction.
protocol InboundActivity: Sendable {
    /// Reads what it uses; nil when the activity does not concern this server, which is no error.
    init?(_ activity: Activity, reading: InboxReading)

    /// What must be known here before `apply` can run. Only what is missing is fetched, and then the activity waits
    /// in a queue meanwhile.
    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed]

    /// The effects. It runs synchronously in one transaction, so it must not wait for anything.
    func apply(_ context: InboxContext) throws
}

extension InboundActivity {
    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] { [] }
}

/// Something of another server that has to be fetched first.
enum InboxNeed: Hashable, Sendable {
    case status(String)
    /// The actor's document as it is now, although one is known.
    case freshActor(String)
}

/// What activities are read with.
struct InboxReading: Sendable {
    let identity: Identity
    /// The id of the actor whose key signed.
    let sender: String
    /// Whether an id may be stored and asked for at all.
    let accepts: @Sendable (String) -> Bool
}

/// What activities are applied with.
struct InboxContext {
    let identity: Identity
    let outbox: Outbox
    /// The row of the actor whose key signed.
    let sender: ActorID
    let senderURI: String
    let receivedAt: Timestamp
    let tx: Transaction

    /// Tells the owner, unless the sender is muted or blocked.
    func notify(_ kind: Storage.Notification.Kind, status: StatusID?) throws {
        guard try !Blocks.contains(sender, in: tx) else { return }
        if let mute = try Mutes.find(sender, at: receivedAt, in: tx), mute.notifications { return }
        try Notifications.add(kind, from: sender, status: status, at: receivedAt, in: tx)
    }
}
