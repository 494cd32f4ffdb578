import ActivityPub
import Basics
package import Storage

extension Outbox {
    /// Tells everybody whom it is for about a new post. Call it when the post is stored with all its parts.
    package func publish(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx), let note = try notes.note(id, in: tx) else {
            return
        }
        let audience = try notes.audience(of: status, in: tx)
        let recipients = try recipients(of: status, in: tx)
        var letter = Deliveries.Letter(
            kind: "Create",
            body: rendering.create(status: status, note: note, to: audience.to, cc: audience.cc),
            status: id, concerns: status.uri)
        letter.synchronizes = status.visibility == .private
        try Deliveries.enqueue(
            letter, to: recipients.others, first: recipients.first, at: clock.now(), in: tx)
        try Actors.count(identity.owner, statuses: 1, lastStatusAt: status.createdAt, in: tx)
        if status.visibility == .direct {
            try Conversations.add(id, owner: identity.owner, at: clock.now(), in: tx)
        }
        try requestQuote(in: id, note: note, in: tx)
        // The owner can be on a list too.
        try ListPosts.add(id, by: identity.owner, owner: identity.owner, in: tx)
    }
}
