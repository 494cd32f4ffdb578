import Federation
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Conversation/>
extension Conversations.Conversation {
    /// Whether there is somebody in it whom the owner wants to see.
    func isWanted(_ batch: StatusBatch) -> Bool {
        batch.isWanted(lastStatus) && (participants.isEmpty || !batch.hidden.isSuperset(of: participants))
    }

    func write(_ batch: StatusBatch, _ statuses: inout StatusEntity, to writer: inout JSONWriter) {
        let people = participants.compactMap { batch.actors[$0] }
        writer.object { writer in
            writer.field("id", id.description)
            writer.field("unread", isUnread)
            writer.array("accounts") { writer in
                // Who writes to themselves is the other side too; apps show the first one's face.
                for actor in people.isEmpty ? [batch.actors[batch.identity.owner]].compactMap(\.self) : people
                {
                    AccountEntity.write(actor, batch.identity, to: &writer)
                }
            }
            if batch.isVisible(lastStatus) {
                statuses.write(lastStatus, as: "last_status", to: &writer)
            } else {
                writer.null("last_status")
            }
        }
    }
}
