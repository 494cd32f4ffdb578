import ActivityPub
import Basics
import HTTP
import Storage

/// Somebody with whom the owner has to do moves to another account, FEP-7628: said by the old account, or by the new one
/// about an old one that says the same.
///
/// Whoever is followed is followed there, and whoever is muted, blocked or noted does not escape by moving.
struct InboundMove: InboundActivity {
    /// Whoever is blocked takes the block along.
    static let isHeardFromBlocked = true

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
        guard let known = try Actors.id(forURI: old, in: snapshot), try isTied(known, in: snapshot) else {
            return []
        }
        return isPulled ? [.freshActor(target), .freshActor(old)] : [.freshActor(target)]
    }

    /// Whether there is anything of the owner's to take along.
    private func isTied(_ actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        if try Following.find(actor, in: snapshot) != nil { return true }
        if try Blocks.contains(actor, in: snapshot) { return true }
        // One that has ended is looked at again when it is applied.
        if try Mutes.find(actor, at: Timestamp(milliseconds: 0), in: snapshot) != nil { return true }
        return try AccountNotes.find(actor, in: snapshot) != nil
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard let from = try Actors.find(uri: old, in: tx),
            try Actors.movedAt(from.id, in: tx).map({ $0 + InboundMove.pause <= context.receivedAt }) ?? true,
            let to = try Actors.find(uri: target, in: tx), isMutual(from, to),
            // What was known of the target before says nothing of now.
            let asked = context.waitedSince, asked <= to.fetchedAt,
            let host = WebURL(target)?.authority, try !DomainBlocks.covers(host, in: tx)
        else { return }
        let isKnown = try Following.find(to.id, in: tx) != nil
        if !isKnown { try takeAlong(from.id, to.id, context) }
        if let note = try AccountNotes.find(from.id, in: tx), try AccountNotes.find(to.id, in: tx) == nil {
            try AccountNotes.set(note, for: to.id, in: tx)
        }
        if let follow = try Following.find(from.id, in: tx), try !Blocks.contains(to.id, in: tx) {
            // Whoever is followed already is followed as the owner chose.
            if !isKnown {
                try context.outbox.follow(to.id, reblogs: follow.reblogs, notify: follow.notify, in: tx)
                try Following.setLanguages(follow.languages, of: to.id, in: tx)
            }
            try ListMembers.copy(from: from.id, to: to.id, in: tx)
            try context.outbox.unfollow(from.id, in: tx)
        }
        try Actors.setMovedAt(from.id, context.receivedAt, in: tx)
    }

    /// Mutes and blocks the new account like the old one.
    private func takeAlong(_ from: ActorID, _ to: ActorID, _ context: InboxContext) throws {
        let tx = context.tx
        if try Blocks.contains(from, in: tx) { try context.outbox.block(to, in: tx) }
        guard let mute = try Mutes.find(from, at: context.receivedAt, in: tx),
            try Mutes.find(to, at: context.receivedAt, in: tx) == nil
        else { return }
        try Mutes.insert(to, notifications: mute.notifications, until: mute.until, in: tx)
    }

    /// Whether both are the same person's by the word of both.
    private func isMutual(_ from: Actor, _ to: Actor) -> Bool {
        guard to.alsoKnownAs.contains(from.uri), to.movedTo == nil, !to.isSuspended, to.inbox != nil else {
            return false
        }
        return !isPulled || from.movedTo == to.uri || from.alsoKnownAs.contains(to.uri)
    }
}
