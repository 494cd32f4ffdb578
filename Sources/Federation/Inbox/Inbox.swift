package import ActivityPub
package import Basics
import HTTP
import JSON
package import Storage
import Synchronization

/// What other servers may do to us: one dispatch by type, one transaction.
package final class Inbox: Sendable {
    /// Rows of one sender that may wait in the queue; beyond it they are asked to come again.
    private static let mostWaiting = 100
    /// Of one server.
    private static let mostWaitingOfHost = 250

    /// How an activity was taken.
    package enum Outcome: Sendable {
        /// Its effects, if any, are on disk.
        case applied
        /// It has no effect here, and was not kept.
        case ignored
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
    /// - Parameters:
    ///   - actor: the row of the sender, who need not be the actor of the activity.
    ///   - body: the bytes it was read from.
    package func receive(
        _ activity: Activity, from sender: VerifiedSender, actor: ActorID, body: [UInt8]
    ) async throws -> Outcome {
        try await take(activity, from: sender.actorID, actor: actor, body: body)
    }

    /// Takes an activity that was sent, or fetched from where its id says, as the word of `sender`.
    ///
    /// - Parameter isQuiet: whether the owner is not to be told of it.
    func take(
        _ activity: Activity, from sender: String, actor: ActorID, body: [UInt8], isQuiet: Bool = false
    ) async throws -> Outcome {
        count(activity.type)
        let reading = InboxReading(identity: identity, sender: sender, accepts: accepts)
        guard let inbound = InboundKinds.read(activity, reading) else { return .ignored }
        let kind = type(of: inbound)
        let (hasEffect, needs, earliest) = try store.read { snapshot in
            if let host = WebURL(sender)?.authority, try DomainBlocks.covers(host, in: snapshot) {
                return (false, [InboxNeed](), Timestamp?.none)
            }
            if !kind.isHeardFromBlocked, try Blocks.contains(actor, in: snapshot) { return (false, [], nil) }
            if kind.isRemembered, let id = activity.id, try SeenActivities.contains(id, in: snapshot) {
                return (false, [], nil)
            }
            let needs = try inbound.needs(in: snapshot, reading)
            return (true, needs, needs.isEmpty ? nil : try inbound.earliest(in: snapshot, reading))
        }
        guard hasEffect else { return .ignored }
        guard needs.isEmpty else {
            return try await queue(inbound.digest(reading) ?? body, of: sender, until: earliest)
        }
        try await apply(inbound, id: activity.id, from: sender, actor: actor, isQuiet: isQuiet)
        return .applied
    }

    /// What a queued activity still needs; nil when it has no effect here.
    func needs(of activity: Activity, from sender: String) throws -> [InboxNeed]? {
        let reading = InboxReading(identity: identity, sender: sender, accepts: accepts)
        guard let inbound = InboundKinds.read(activity, reading) else { return nil }
        return try store.read { try inbound.needs(in: $0, reading) }
    }

    /// Applies a queued activity, whatever it needed being here or not to be had, and takes it from the queue.
    ///
    /// - Parameter found: posts that were fetched, by the address that was asked for.
    func finish(
        _ item: Inbound.Item, _ activity: Activity, found: [String: StatusID] = [:]
    ) async throws {
        let reading = InboxReading(identity: identity, sender: item.sender, accepts: accepts)
        guard let inbound = InboundKinds.read(activity, reading),
            let actor = try store.read({ try Actors.id(forURI: item.sender, in: $0) })
        else { return try await store.write { tx in try Inbound.remove(item.id, in: tx) } }
        try await apply(
            inbound, id: activity.id, from: item.sender, actor: actor, queued: item, found: found)
    }

    /// Keeps an activity until what it needs is here. The same thing said twice waits once.
    private func queue(
        _ body: [UInt8], of sender: String, until earliest: Timestamp?
    ) async throws -> Outcome {
        let now = clock.now()
        return try await store.write { tx in
            if try Inbound.contains(sender: sender, body: body, in: tx) { return .queued }
            guard try Inbound.count(of: sender, in: tx) < Inbox.mostWaiting,
                try ObjectID.origin(of: sender).map({
                    try Inbound.count(onOrigin: $0, in: tx) < Inbox.mostWaitingOfHost
                }) ?? true,
                try Inbound.append(sender: sender, body: body, at: max(now, earliest ?? now), in: tx)
            else { return .overloaded }
            return .queued
        }
    }

    private func apply(
        _ inbound: any InboundActivity, id: String?, from sender: String, actor: ActorID,
        queued: Inbound.Item? = nil, isQuiet: Bool = false,
        found: [String: StatusID] = [:]
    ) async throws {
        let now = clock.now()
        try await store.write { [identity, outbox] tx in
            if let queued { try Inbound.remove(queued.id, in: tx) }
            // Whoever sent it may have been removed meanwhile, and their row given to nobody.
            guard try Actors.id(forURI: sender, in: tx) == actor else { return }
            let kind = type(of: inbound)
            if !kind.isHeardFromBlocked, try Blocks.contains(actor, in: tx) { return }
            if kind.isRemembered, let id, ObjectID.sameOrigin(id, sender),
                try !SeenActivities.mark(id, at: now, in: tx)
            {
                return
            }
            try inbound.apply(
                InboxContext(
                    identity: identity, outbox: outbox, sender: actor, senderURI: sender, receivedAt: now,
                    waitedSince: queued?.receivedAt, isQuiet: isQuiet, found: found, tx: tx))
        }
    }

    private func count(_ type: String) {
        counts.withLock { counts in
            // Types come from strangers; a few dozen exist.
            if counts.count < 64 || counts[type] != nil { counts[type, default: 0] += 1 }
        }
    }
}
