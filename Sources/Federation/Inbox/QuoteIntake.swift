import ActivityPub
import Basics
import Storage

/// Which post somebody quotes, and what they show for it, FEP-044f.
struct QuoteIntake: Sendable {
    private let quoted: String
    /// The stamp, which only the server of the quoted post can give.
    private let authorization: String?
    private let isLegacy: Bool

    init?(_ note: NoteDocument, accepts: (String) -> Bool) {
        guard let quoted = note.quote, accepts(quoted) else { return nil }
        self.quoted = quoted
        authorization = note.quoteAuthorization.flatMap {
            accepts($0) && ObjectID.sameOrigin($0, quoted) ? $0 : nil
        }
        isLegacy = note.isLegacyQuote
    }

    /// The post of the owner's that is quoted.
    func own(_ identity: Identity) -> StatusID? { identity.ownStatus(quoted) }

    /// Writes what is known of the quote. What its server has to confirm is left to be checked.
    func save(
        _ status: StatusID, uri: String, by author: ActorID, identity: Identity, at now: Timestamp,
        in tx: Transaction
    ) throws {
        let target = try (own(identity) ?? Statuses.id(forURI: quoted, in: tx)).flatMap {
            try Statuses.find($0, in: tx)
        }
        let known = try Quotes.find(status, in: tx)
        if let known, known.quotedURI == quoted, known.authorization == authorization,
            known.quoted == target?.id, known.state != .pending
        {
            return
        }
        var quote = Quote(
            status: status, quoted: target?.id, quotedURI: quoted, state: .pending, checkedAt: now)
        quote.authorization = authorization
        if let authorization, try Tombstones.contains(authorization, in: tx) {
            quote.state = .revoked
        } else if let target, target.actor == author {
            quote.state = .accepted
        } else if identity.isOwn(quoted) {
            quote.state = try ownState(target, interacting: uri, in: tx)
        } else if isLegacy {
            quote.state = .unstated
        } else if authorization != nil || target == nil {
            // A stamp to be looked at, or a post whose author may be the one who quotes.
            quote.checkedAt = Timestamp(milliseconds: 0)
        }
        try Quotes.save(quote, in: tx)
        if quote.state == .pending, quote.checkedAt.milliseconds == 0 { tx.announce(.fetches) }
    }

    /// For a post of the owner's no stamp of anybody is needed: what was decided here is known.
    private func ownState(
        _ target: Storage.Status?, interacting: String, in tx: Transaction
    ) throws -> Quote.State {
        guard let target else { return .rejected }
        let decided = try QuoteAuthorizations.find(status: target.id, interacting: interacting, in: tx)
        switch decided?.state {
        case .approved: return .accepted
        case .refused: return .rejected
        case .revoked: return .revoked
        case .pending: return .pending
        case nil: break
        }
        guard isLegacy else { return .pending }
        // Nobody was asked: the link stays where everybody may quote anyway.
        guard target.visibility.isOpen else { return .rejected }
        guard let people = target.rights?[.quote] else { return .unstated }
        return people.automatic.contains(.everybody) ? .unstated : .rejected
    }
}
