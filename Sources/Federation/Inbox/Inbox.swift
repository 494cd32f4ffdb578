package import ActivityPub
package import Basics
import JSON
package import Storage
import Synchronization

/// What other servers may do to us: one dispatch by type, one transaction.
package final class Inbox: Sendable {
    /// Every activity that has an effect. Whatever is not here is taken, counted and forgotten, as others do.
    private static let kinds: [String: any InboundActivity.Type] = [
        "Accept": InboundAccept.self,
        "Announce": InboundAnnounce.self,
        "Create": InboundCreate.self,
        "Delete": InboundDelete.self,
        "Follow": InboundFollow.self,
        "Like": InboundLike.self,
        "EmojiReact": InboundLike.self,
        "Reject": InboundReject.self,
        "Undo": InboundUndo.self,
        "Update": InboundUpdate.self,
    ]

    /// How an activity was taken.
    package enum Outcome: Sendable {
        /// Its effects, if any, are on disk.
        case applied
        /// Kept until something it needs is fetched.
        case queued
        /// The queue is full.
        case overloaded
    }

    private let store: Store
    private let identity: Identity
    private let outbox: Outbox
    private let clock: Clock
    private let accepts: @Sendable (String) -> Bool
    private let counts = Mutex<[String: Int]>([:])

    package init(
        store: Store, identity: Identity, outbox: Outbox, clock: Clock,
        accepts: @escaping @Sendable (String) -> Bool
    ) {
        self.store = store
        self.identity = identity
        self.outbox = outbox
        self.clock = clock
        self.accepts = accepts
    }

    /// How many activities of each type came since the start.
    package var received: [String: Int] { counts.withLock { $0 } }

    /// Takes a verified activity: at once when everything it needs is known, else into the queue.
    ///
    /// - Parameter body: the bytes it was read from.
    package func receive(
        _ activity: Activity, from sender: VerifiedSender, actor: ActorID, body: [UInt8]
    ) async throws -> Outcome {
        count(activity.type)
        let reading = InboxReading(identity: identity, sender: sender.actorID, accepts: accepts)
        guard let inbound = Inbox.kinds[activity.type]?.init(activity, reading: reading) else {
            return .applied
        }
        let needs = try store.read { try inbound.needs(in: $0, reading) }
        let now = clock.now()
        guard needs.isEmpty else {
            return try await store.write { tx in
                let isTaken = try Inbound.append(sender: sender.actorID, body: body, at: now, in: tx)
                return isTaken ? .queued : .overloaded
            }
        }
        try await apply(inbound, id: activity.id, from: sender.actorID, actor: actor)
        return .applied
    }

    /// What a queued activity still needs; nil when it has no effect here.
    func needs(of activity: Activity, from sender: String) throws -> [InboxNeed]? {
        let reading = InboxReading(identity: identity, sender: sender, accepts: accepts)
        guard let inbound = Inbox.kinds[activity.type]?.init(activity, reading: reading) else { return nil }
        return try store.read { try inbound.needs(in: $0, reading) }
    }

    /// Applies a queued activity, whatever it needed being here or not to be had, and takes it from the queue.
    func finish(_ item: Inbound.Item, _ activity: Activity) async throws {
        let reading = InboxReading(identity: identity, sender: item.sender, accepts: accepts)
        guard let inbound = Inbox.kinds[activity.type]?.init(activity, reading: reading),
            let actor = try store.read({ try Actors.id(forURI: item.sender, in: $0) })
        else { return try await store.write { tx in try Inbound.remove(item.id, in: tx) } }
        try await apply(inbound, id: activity.id, from: item.sender, actor: actor, queued: item.id)
    }

    private func apply(
        _ inbound: any InboundActivity, id: String?, from sender: String, actor: ActorID, queued: Int64? = nil
    ) async throws {
        let now = clock.now()
        try await store.write { [identity, outbox] tx in
            if let queued { try Inbound.remove(queued, in: tx) }
            // A post is known by its own address; of everything else the second arrival must do nothing. An id of
            // another origin is not the sender's to use up.
            if let id, ObjectID.sameOrigin(id, sender), !(inbound is InboundCreate),
                try !SeenActivities.mark(id, at: now, in: tx)
            {
                return
            }
            try inbound.apply(
                InboxContext(
                    identity: identity, outbox: outbox, sender: actor, senderURI: sender, receivedAt: now,
                    tx: tx))
        }
    }

    private func count(_ type: String) {
        counts.withLock { counts in
            // Types come from strangers; a few dozen exist.
            if counts.count < 64 || counts[type] != nil { counts[type, default: 0] += 1 }
        }
    }
}
