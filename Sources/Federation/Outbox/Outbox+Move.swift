import Basics
package import Storage

/// Why the owner's account does not move.
package enum MoveRefusal: Error, Sendable {
    /// The other account does not say that this one is its own.
    case notAcknowledged
    /// The other account has moved itself.
    case movedOn
    /// The last move was less than thirty days ago.
    case tooSoon
    case nobodyThere
}

/// Moving between accounts. FEP-7628.
extension Outbox {
    /// How long after a move the next one may be; Mastodon's figure.
    package static let movePause = Duration.days(30)

    /// Says which other accounts are the owner's, so that followers can be brought here from them.
    package func setAliases(_ uris: [String], in tx: Transaction) throws {
        guard let owner = try Actors.find(identity.owner, in: tx) else { return }
        var seen: Set<String> = [identity.actor]
        let aliases = uris.filter { seen.insert($0).inserted }
        try Actors.setMove(identity.owner, movedTo: owner.movedTo, alsoKnownAs: aliases, in: tx)
        try updateProfile(in: tx)
    }

    /// Sends the followers on to another account of the owner's; its document must have been read just before.
    ///
    /// - Throws: `MoveRefusal`.
    package func move(to target: ActorID, in tx: Transaction) throws {
        guard target != identity.owner, let owner = try Actors.find(identity.owner, in: tx),
            let target = try Actors.find(target, in: tx)
        else { throw MoveRefusal.nobodyThere }
        guard target.alsoKnownAs.contains(identity.actor) else { throw MoveRefusal.notAcknowledged }
        guard target.movedTo == nil else { throw MoveRefusal.movedOn }
        let now = clock.now()
        if let last = try Actors.movedAt(identity.owner, in: tx), now - last < Outbox.movePause {
            throw MoveRefusal.tooSoon
        }
        try Actors.setMove(identity.owner, movedTo: target.uri, alsoKnownAs: owner.alsoKnownAs, in: tx)
        try Actors.setMovedAt(identity.owner, now, in: tx)
        try updateProfile(in: tx)
        try sendToFollowers("Move", rendering.move(id: newActivityID(), target: target.uri), in: tx)
    }

    /// Stops showing where the owner has gone. Followers who went stay there.
    package func endMove(in tx: Transaction) throws {
        guard let owner = try Actors.find(identity.owner, in: tx), owner.movedTo != nil else { return }
        try Actors.setMove(identity.owner, movedTo: nil, alsoKnownAs: owner.alsoKnownAs, in: tx)
        try updateProfile(in: tx)
    }
}
