import ActivityPub
import Basics
import Storage

/// Somebody whom the owner follows moves to another account, FEP-7628: said by the old account, or by the new one
/// about an old one that says the same.
struct InboundMove: InboundActivity {
    /// Between two moves of the same account, as Mastodon and GoToSocial ask.
    private static let pause = Duration.days(7)

    private let old: String
    private let target: String
    private let isPulled: Bool

    init?(_ activity: Activity, reading: InboxReading) {
        guard let old = activity.objectID, let target = activity.target, old != target,
            reading.isForeign(old), reading.isForeign(target)
        else { return nil }
        isPulled = target == reading.sender
        guard isPulled || old == reading.sender else { return nil }
        self.old = old
        self.target = target
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard let known = try Actors.id(forURI: old, in: snapshot),
            try Following.find(known, in: snapshot) != nil
        else { return [] }
        return isPulled ? [.freshActor(target), .freshActor(old)] : [.freshActor(target)]
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard let from = try Actors.find(uri: old, in: tx), let follow = try Following.find(from.id, in: tx),
            try Actors.movedAt(from.id, in: tx).map({ $0 + InboundMove.pause <= context.receivedAt }) ?? true,
            let to = try Actors.find(uri: target, in: tx), isMutual(from, to),
            try !Blocks.contains(to.id, in: tx)
        else { return }
        // Whoever is followed already is followed as the owner chose.
        if try Following.find(to.id, in: tx) == nil {
            try context.outbox.follow(to.id, reblogs: follow.reblogs, notify: follow.notify, in: tx)
            try Following.setLanguages(follow.languages, of: to.id, in: tx)
        }
        try ListMembers.copy(from: from.id, to: to.id, in: tx)
        try context.outbox.unfollow(from.id, in: tx)
        try Actors.setMovedAt(from.id, context.receivedAt, in: tx)
    }

    /// Whether both are the same person's by the word of both.
    private func isMutual(_ from: Actor, _ to: Actor) -> Bool {
        guard to.alsoKnownAs.contains(from.uri), to.movedTo == nil, !to.isSuspended, to.inbox != nil else {
            return false
        }
        return !isPulled || from.movedTo == to.uri || from.alsoKnownAs.contains(to.uri)
    }
}
