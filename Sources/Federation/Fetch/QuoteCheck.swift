import ActivityPub
import Basics
import JSON
import Storage

/// Finds out whether the author of a quoted post agrees: they quote themselves, or there is a stamp of theirs that
/// names both posts (FEP-044f).
struct QuoteCheck: Sendable {
    let fetcher: Fetcher
    let objects: ObjectResolver
    let store: Store
    let identity: Identity
    let clock: Clock

    /// Settles one quote; one that cannot be settled now stays pending and is tried again when it is a day old.
    func run(_ quote: Quote) async throws {
        var settled = quote
        settled.checkedAt = clock.now()
        do {
            let quoted = try await quotedStatus(quote)
            settled.quoted = quoted
            settled.state = try await state(of: quote, quoting: quoted)
        } catch let error as FetchError {
            if !error.isPassing { settled.state = .rejected }
        }
        try await store.write { [settled] tx in
            // It may have been settled by an activity, or deleted, meanwhile.
            guard let now = try Quotes.find(quote.status, in: tx), now.state == .pending,
                now.authorization == quote.authorization
            else { return }
            try Quotes.save(settled, in: tx)
        }
    }

    private func quotedStatus(_ quote: Quote) async throws -> StatusID {
        if let quoted = quote.quoted { return quoted }
        if let own = identity.ownStatus(quote.quotedURI) { return own }
        return try await objects.status(quote.quotedURI)
    }

    private func state(of quote: Quote, quoting quoted: StatusID) async throws -> Quote.State {
        let (quoting, target, author) = try store.read { snapshot in
            let target = try Statuses.find(quoted, in: snapshot)
            return (
                try Statuses.find(quote.status, in: snapshot), target,
                try target.flatMap { try Actors.find($0.actor, in: snapshot)?.uri }
            )
        }
        guard let quoting, let target, let author else { return .rejected }
        if quoting.actor == target.actor { return .accepted }
        if target.actor == identity.owner {
            let stamp = try store.read {
                try QuoteAuthorizations.find(status: target.id, interacting: quoting.uri, in: $0)
            }
            return stamp?.state == .approved ? .accepted : .pending
        }
        guard let authorization = quote.authorization, ObjectID.sameOrigin(authorization, author) else {
            return .pending
        }
        let document = try await fetcher.document(authorization)
        guard let id = document.firstID, ObjectID.same(id, authorization),
            let stamp = QuoteAuthorizationDocument(document), stamp.attributedTo == author,
            stamp.interactingObject == quoting.uri, stamp.interactionTarget == target.uri
        else { return .rejected }
        return .accepted
    }
}
