import Basics
package import Storage

extension Outbox {
    /// Reports somebody to the people who run their server, in the name of this server rather than the owner's.
    ///
    /// - Parameters:
    ///   - statuses: posts of theirs that show why; others are left out.
    ///   - comment: plain text, cut at 5,000 characters.
    package func report(
        _ actor: ActorID, statuses: [StatusID], comment: String, in tx: Transaction
    ) throws {
        guard actor != identity.owner, let reported = try Actors.find(actor, in: tx) else { return }
        let found = try Statuses.find(statuses, in: tx)
        let posts = statuses.compactMap { found[$0] }.filter { $0.actor == actor && $0.reblogOf == nil }
        var letter = Deliveries.Letter(
            kind: "Flag",
            body: rendering.flag(
                id: newActivityID(), account: reported.uri, objects: [reported.uri] + posts.map(\.uri),
                content: String(comment.prefix(5_000))))
        letter.asInstance = true
        try Deliveries.enqueue(
            letter, to: inboxes(of: [actor], shared: true, in: tx), at: clock.now(), in: tx)
    }
}
