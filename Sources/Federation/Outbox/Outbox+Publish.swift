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
        try Deliveries.enqueue(
            kind: "Create", status: id,
            body: rendering.create(status: status, note: note, to: audience.to, cc: audience.cc),
            to: recipients(of: status, in: tx), at: clock.now(), in: tx)
        try Actors.count(identity.owner, statuses: 1, lastStatusAt: status.createdAt, in: tx)
    }

    /// Tells everybody who has the post that it says something else now. Call it when the new text is stored.
    package func edit(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx), let note = try notes.note(id, in: tx) else {
            return
        }
        let audience = try notes.audience(of: status, in: tx)
        let edited = status.editedAt ?? clock.now()
        try Deliveries.enqueue(
            kind: "Update", status: id,
            body: rendering.update(
                note: note, id: "\(status.uri)#updates/\(edited.milliseconds)", to: audience.to,
                cc: audience.cc,
                at: edited.milliseconds),
            to: recipients(of: status, in: tx) + Deliveries.reach(of: id, in: tx), at: clock.now(), in: tx)
    }

    /// Removes a post here and asks everybody who has it to do the same.
    package func delete(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx), status.actor == identity.owner,
            status.reblogOf == nil
        else {
            return
        }
        let audience = try notes.audience(of: status, in: tx)
        let inboxes = try recipients(of: status, in: tx) + Deliveries.reach(of: id, in: tx)
        try Deliveries.enqueue(
            kind: "Delete", status: id,
            body: rendering.delete(statusURI: status.uri, to: audience.to, cc: audience.cc), to: inboxes,
            at: clock.now(), in: tx)
        try Statuses.delete(id, in: tx)
        try Tombstones.insert(status.uri, at: clock.now(), in: tx)
        try Actors.count(identity.owner, statuses: -1, in: tx)
    }
}
