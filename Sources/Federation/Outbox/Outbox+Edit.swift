import ActivityPub
import Basics
package import Storage

extension Outbox {
    /// Tells everybody who has the post that it says something else now. Call it when the new text is stored.
    ///
    /// - Parameter people: whom it mentioned before; their servers go on hearing of it.
    package func edit(_ id: StatusID, formerly people: [ActorID] = [], in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx) else { return }
        let mentioned = Set((try Mentions.of("[\(id)]", in: tx)[id] ?? []).map(\.actor))
        try Mentions.keepFormer(Set(people).subtracting(mentioned), of: id, in: tx)
        let edited = status.editedAt ?? clock.now()
        try update(status, id: "\(status.uri)#updates/\(edited.milliseconds)", at: edited, in: tx)
    }

    /// Tells everybody who has the post what changed besides its text: the numbers of its poll, or that it may quote.
    ///
    /// Without a newer date of editing, others take only such things from it.
    package func refresh(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try Statuses.find(id, in: tx) else { return }
        try update(status, id: newActivityID(), at: clock.now(), in: tx)
    }

    private func update(
        _ status: Status, id: String, at moment: Timestamp, in tx: Transaction
    ) throws {
        guard let note = try notes.note(status.id, in: tx) else { return }
        let audience = try notes.audience(of: status, in: tx)
        let recipients = try recipients(ofChangeTo: status, in: tx)
        // Whoever still waits for the post gets it as it is now.
        try Deliveries.replaceCreate(
            of: status.id,
            with: rendering.create(status: status, note: note, to: audience.to, cc: audience.cc), in: tx)
        var letter = Deliveries.Letter(
            kind: "Update",
            body: rendering.update(
                note: note, id: id, to: audience.to, cc: audience.cc, at: moment.milliseconds),
            status: status.id, concerns: status.uri)
        letter.synchronizes = status.visibility == .private
        try Deliveries.enqueue(
            letter, to: recipients.others, first: recipients.first, at: clock.now(), in: tx)
    }
}
