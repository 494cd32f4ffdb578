import ActivityPub
import Storage

/// Somebody deleted a post or their account, or took back their leave to be quoted.
/// <https://www.w3.org/TR/activitypub/#delete-activity-inbox>
struct InboundDelete: InboundActivity {
    static let isHeardFromBlocked = true

    private let object: String

    init?(_ activity: Activity, reading: InboxReading) {
        guard let uri = activity.objectID, reading.isTheirs(uri) else { return nil }
        object = uri
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        if object == context.senderURI {
            try Actors.remove(context.sender, owner: context.identity.owner, in: tx)
            // What they did before may still be on its way.
            return try Tombstones.insert(Departed.mark(object), at: context.receivedAt, in: tx)
        }
        if let known = try Statuses.find(uri: object, in: tx) {
            // A neighbour has no say in it.
            guard known.actor == context.sender else { return }
            if let boosted = known.reblogOf {
                try Notifications.remove(.reblog, from: context.sender, status: boosted, in: tx)
            }
            try Statuses.delete(known.id, in: tx)
        } else if var quote = try Quotes.find(authorization: object, in: tx) {
            guard try isQuoted(quote, context) else { return }
            quote.state = .revoked
            quote.checkedAt = context.receivedAt
            try Quotes.save(quote, in: tx)
            // Who has a post of the owner's that quoted hears that it no longer may.
            if try Statuses.find(quote.status, in: tx)?.actor == context.identity.owner {
                try context.outbox.refresh(quote.status, in: tx)
            }
        }
        // Also of what is unknown: the Create may still be on its way.
        try Tombstones.insert(object, at: context.receivedAt, in: tx)
    }

    private func isQuoted(_ quote: Quote, _ context: InboxContext) throws -> Bool {
        guard let quoted = quote.quoted, let status = try Statuses.find(quoted, in: context.tx) else {
            return true
        }
        return status.actor == context.sender
    }
}
