import ActivityPub
import Basics
package import Storage

/// Leave to quote, asked of others and given to them. FEP-044f.
extension Outbox {
    /// Quotes of one post by one person that are answered.
    private static let mostQuotes = 20

    /// Wishes of one person that wait for the owner; further ones are refused.
    private static let mostPending = 20

    // MARK: - The owner quotes

    /// Asks the author of a quoted post, once. The owner needs no leave for quoting themselves.
    ///
    /// - Parameter note: the post that quotes.
    func requestQuote(in id: StatusID, note: [UInt8], in tx: Transaction) throws {
        guard var quote = try Quotes.find(id, in: tx), quote.state == .pending, quote.request == nil,
            let quoted = try quote.quoted.flatMap({ try Statuses.find($0, in: tx) }),
            let author = try Actors.find(quoted.actor, in: tx)
        else { return }
        if author.id == identity.owner {
            quote.state = .accepted
            return try Quotes.save(quote, in: tx)
        }
        let request = newActivityID()
        quote.request = request
        try Quotes.save(quote, in: tx)
        try send(
            "QuoteRequest",
            rendering.quoteRequest(id: request, quoted: quoted.uri, note: note, author: author.uri),
            id: request,
            to: author.id, in: tx)
    }

    // MARK: - Others quote the owner

    /// Answers a QuoteRequest as the rights of the owner's post say: with a stamp, with no, or later, when the owner
    /// has decided. The same question gets the same answer again.
    ///
    /// - Parameters:
    ///   - id: of the QuoteRequest.
    ///   - quoting: the id of the post that quotes; of the same origin as its actor, which the caller has checked.
    ///   - status: the owner's post.
    package func answerQuoteRequest(
        id: String, quoting: String, by actor: ActorID, of status: StatusID, in tx: Transaction
    ) throws {
        guard let quoted = try Statuses.find(status, in: tx), quoted.actor == identity.owner,
            quoted.reblogOf == nil
        else { return }
        var wish = QuoteAuthorization(
            id: Statuses.newID(at: clock.now()).value, status: status, actor: actor, interacting: quoting,
            request: id, state: .refused)
        if let known = try QuoteAuthorizations.find(status: status, interacting: quoting, in: tx) {
            guard known.actor == actor else { return }
            wish.id = known.id
            wish.state = known.state
        } else {
            // One person may quote a post often, but not fill the disk with it.
            let known = try QuoteAuthorizations.count(of: actor, on: status, in: tx)
            guard known < Outbox.mostQuotes else { return try answer(wish, of: quoted, in: tx) }
            wish.state = try decision(on: quoted, by: actor, in: tx)
            // What is refused at once is refused the next time too; there is nothing to remember.
            if wish.state == .refused { return try answer(wish, of: quoted, in: tx) }
            if wish.state == .pending { try notify(of: wish, in: tx) }
        }
        try QuoteAuthorizations.save(wish, in: tx)
        try answer(wish, of: quoted, in: tx)
    }

    /// Carries out what the owner decided about a wish to quote.
    package func decideQuote(_ authorization: Int64, approve: Bool, in tx: Transaction) throws {
        guard var wish = try QuoteAuthorizations.find(authorization, in: tx), wish.state == .pending,
            let quoted = try Statuses.find(wish.status, in: tx)
        else { return }
        wish.state = approve ? .approved : .refused
        try QuoteAuthorizations.save(wish, in: tx)
        try answer(wish, of: quoted, in: tx)
    }

    /// Takes back that a post of somebody else quotes one of the owner's.
    package func revokeQuote(by quoting: StatusID, in tx: Transaction) throws {
        guard let quote = try Quotes.find(quoting, in: tx), let quoted = quote.quoted,
            let post = try Statuses.find(quoted, in: tx), post.actor == identity.owner,
            let uri = try Statuses.find(quoting, in: tx)?.uri,
            var stamp = try QuoteAuthorizations.find(status: quoted, interacting: uri, in: tx),
            stamp.state == .approved
        else { return }
        stamp.state = .revoked
        try QuoteAuthorizations.save(stamp, in: tx)
        var revoked = quote
        revoked.state = .revoked
        try Quotes.save(revoked, in: tx)
        let address = identity.quoteAuthorization(stamp.id)
        try Deliveries.enqueue(
            Deliveries.Letter(kind: "Delete", body: rendering.deleteStamp(address)),
            to: post.visibility.isOpen ? Deliveries.followerInboxes(in: tx) : [],
            first: inboxes(of: [stamp.actor], shared: false, in: tx), at: clock.now(), in: tx)
    }

    private func decision(
        on quoted: Status, by actor: ActorID, in tx: Transaction
    ) throws -> QuoteAuthorization.State {
        guard try !Blocks.contains(actor, in: tx) else { return .refused }
        let rights = QuoteRights(of: quoted)
        if try isMeant(actor, by: rights.automatic, in: tx) { return .approved }
        guard try isMeant(actor, by: rights.manual, in: tx),
            try QuoteAuthorizations.pending(of: actor, in: tx) < Outbox.mostPending
        else { return .refused }
        return .pending
    }

    private func isMeant(
        _ actor: ActorID, by people: InteractionRights.People, in tx: Transaction
    ) throws -> Bool {
        if people.contains(.everybody) { return true }
        if try people.contains(.followers) && Followers.contains(actor, in: tx) { return true }
        return try people.contains(.following) && Following.contains(actor, in: tx)
    }

    private func notify(of wish: QuoteAuthorization, in tx: Transaction) throws {
        let now = clock.now()
        if let mute = try Mutes.find(wish.actor, at: now, in: tx), mute.notifications { return }
        try Notifications.add(.quote, from: wish.actor, status: wish.status, at: now, in: tx)
    }

    private func answer(_ wish: QuoteAuthorization, of quoted: Status, in tx: Transaction) throws {
        guard wish.state != .pending, let asker = try Actors.find(wish.actor, in: tx) else { return }
        let asked = ActivityRendering.QuoteWish(
            request: wish.request, actor: asker.uri, quoted: quoted.uri, quoting: wish.interacting)
        let subject = "quote by \(wish.interacting)"
        if wish.state == .approved {
            let stamp = identity.quoteAuthorization(wish.id)
            try reply(
                "Accept", rendering.acceptQuote(id: newActivityID(), asked, stamp: stamp), about: subject,
                to: wish.actor, in: tx)
        } else {
            try reply(
                "Reject", rendering.rejectQuote(id: newActivityID(), asked), about: subject, to: wish.actor,
                in: tx)
        }
    }
}
