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
    /// For activities inside of others.
    let embedded: ActivityRendering
    let notes: NoteRendering

    /// - Parameter prove: adds a proof (FEP-8b32) to what is for everybody; nil for no proofs.
    package init(
        identity: Identity, clock: Clock, prove: (@Sendable (_ document: [UInt8]) -> [UInt8])? = nil
    ) {
        self.identity = identity
        self.clock = clock
        rendering = ActivityRendering(identity: identity, prove: prove)
        embedded = rendering.embedded
        notes = NoteRendering(identity: identity)
    }

    /// A fresh id for an activity.
    func newActivityID() -> String {
        "\(identity.origin)/activities/\(Statuses.newID(at: clock.now()))"
    }

    /// Enqueues an activity for the personal inbox of one actor.
    ///
    /// - Parameters:
    ///   - id: of the activity, where something later may take it back.
    ///   - cancels: the id of what it takes back.
    func send(
        _ kind: String, _ body: [UInt8], id: String? = nil, cancels: String? = nil, to actor: ActorID,
        in tx: Transaction
    ) throws {
        guard let inbox = try Deliveries.inbox(of: actor, shared: false, in: tx) else { return }
        let letter = Deliveries.Letter(kind: kind, body: body, concerns: id, cancels: cancels)
        try Deliveries.enqueue(letter, to: [inbox], at: clock.now(), in: tx)
    }

    /// Enqueues the answer to what somebody asked, in the place of one that still waits.
    ///
    /// - Parameter subject: what is answered, the same however often it is asked.
    func reply(
        _ kind: String, _ body: [UInt8], about subject: String, to actor: ActorID, in tx: Transaction
    ) throws {
        guard let inbox = try Deliveries.inbox(of: actor, shared: false, in: tx) else { return }
        try Deliveries.dropAnswers(concerning: subject, forInbox: inbox, in: tx)
        try Deliveries.enqueue(
            Deliveries.Letter(kind: kind, body: body, concerns: subject), to: [inbox], at: clock.now(), in: tx
        )
    }

    /// Enqueues something for all followers.
    func sendToFollowers(
        _ kind: String, _ body: [UInt8], concerns: String? = nil, in tx: Transaction
    ) throws {
        try Deliveries.enqueue(
            Deliveries.Letter(kind: kind, body: body, concerns: concerns),
            to: Deliveries.followerInboxes(in: tx), at: clock.now(), in: tx)
    }

    /// The inboxes of these people, none for the owner.
    func inboxes(
        of people: some Sequence<ActorID>, shared: Bool, in tx: Transaction
    ) throws -> [Int64] {
        try people.filter { $0 != identity.owner }.compactMap {
            try Deliveries.inbox(of: $0, shared: shared, in: tx)
        }
    }
}
