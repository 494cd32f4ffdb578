import ActivityPub
package import Basics
import Storage

/// What the owner does, told to other servers.
///
/// Every act is a function in a file of its own and runs inside the caller's transaction: what is stored here and
/// what is to be delivered are committed together, so a power cut keeps both or neither.
package struct Outbox: Sendable {
    /// An answer to somebody's wish to follow.
    package enum Answer: Sendable {
        case accept
        case reject
    }

    let identity: Identity
    let clock: Clock
    let rendering: ActivityRendering
    let notes: NoteRendering

    package init(identity: Identity, clock: Clock) {
        self.identity = identity
        self.clock = clock
        rendering = ActivityRendering(identity: identity)
        notes = NoteRendering(identity: identity)
    }

    /// A fresh id for an activity.
    func newActivityID() -> String {
        "\(identity.origin)/activities/\(Statuses.newID(at: clock.now()))"
    }

    /// Enqueues an activity for the personal inbox of one actor.
    func send(_ kind: String, _ body: [UInt8], to actor: ActorID, in tx: Transaction) throws {
        guard let inbox = try Deliveries.inbox(of: actor, shared: false, in: tx) else { return }
        try Deliveries.enqueue(kind: kind, body: body, to: [inbox], at: clock.now(), in: tx)
    }

    /// The inboxes of those whom a post of the owner's is for.
    func recipients(of status: Status, in tx: Transaction) throws -> [Int64] {
        let mentions = try Mentions.of("[\(status.id)]", in: tx)[status.id] ?? []
        var inboxes: [Int64] = []
        for mention in mentions where mention.actor != identity.owner {
            let shared = status.visibility != .direct
            if let inbox = try Deliveries.inbox(of: mention.actor, shared: shared, in: tx) {
                inboxes.append(inbox)
            }
        }
        if status.visibility.isOpen, let parent = status.inReplyToActor, parent != identity.owner,
            let inbox = try Deliveries.inbox(of: parent, shared: true, in: tx)
        {
            inboxes.append(inbox)
        }
        if status.visibility != .direct { inboxes += try Deliveries.followerInboxes(in: tx) }
        return inboxes
    }
}
