import ActivityPub
import Basics
package import Storage

extension Outbox {
    /// Removes a post here and asks everybody who has it to do the same.
    package func delete(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx), status.actor == identity.owner,
            status.reblogOf == nil
        else {
            return
        }
        let audience = try notes.audience(of: status, in: tx)
        let recipients = try everybody(with: status, in: tx)
        try Deliveries.enqueue(
            Deliveries.Letter(
                kind: "Delete",
                body: rendering.delete(statusURI: status.uri, to: audience.to, cc: audience.cc), status: id,
                cancels: status.uri),
            to: recipients.others, first: recipients.first, at: clock.now(), in: tx)
        try Mentions.removeFormer(of: id, in: tx)
        try Statuses.delete(id, in: tx)
        try Tombstones.insert(
            status.uri, at: clock.now(), wasOpen: status.visibility.isOpen, in: tx)
        try Actors.count(identity.owner, statuses: -1, in: tx)
    }

    /// Tells every server that was ever heard of that the account is closed. Call it before the keys are removed:
    /// others check the signature with the key that they remember.
    package func deleteAccount(in tx: Transaction) throws {
        try Deliveries.enqueue(
            Deliveries.Letter(kind: "Delete", body: rendering.deleteActor(), cancels: identity.actor),
            to: Inboxes.all(in: tx), at: clock.now(), in: tx)
    }
}
