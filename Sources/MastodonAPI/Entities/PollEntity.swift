import Basics
import Federation
import HTTP
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/Poll/>. A poll has the id of its post.
enum PollEntity {
    static func json(_ poll: Poll, of status: Storage.Status, in batch: StatusBatch) -> [UInt8] {
        var writer = EntityWriter(capacity: 512)
        writer.open()
        writer.id("id", poll.status.value)
        writer.field("expires_at", poll.endsAt.map { ISO8601.milliseconds($0.milliseconds) })
        writer.field("expired", poll.isOver(at: batch.now))
        writer.field("multiple", poll.isMultiple)
        let isHidden = poll.hidesTotals && !poll.isOver(at: batch.now)
        // Numbers of other servers: no sum of them may overflow.
        writer.field("votes_count", poll.options.reduce(0) { $0 &+ $1.votes })
        if let voters = poll.voters {
            writer.field("voters_count", voters)
        } else {
            writer.constant("voters_count", "null")
        }
        writer.openArray("options")
        for option in poll.options {
            writer.open()
            writer.field("title", option.name)
            if isHidden {
                writer.constant("votes_count", "null")
            } else {
                writer.field("votes_count", option.votes)
            }
            writer.close()
        }
        writer.closeArray()
        writer.raw("emojis", EmojiEntity.list(status.emojis, batch.identity)[...])
        // Also for visitors, who have none: some apps fail without them.
        let votes = batch.viewer == .owner ? batch.votes[poll.status] ?? [] : []
        let isOwn = batch.viewer == .owner && status.actor == batch.identity.owner
        // Who asked sees the numbers at once, as those who have voted do.
        writer.field("voted", !votes.isEmpty || isOwn)
        writer.openArray("own_votes")
        for vote in votes { writer.element(vote) }
        writer.closeArray()
        writer.close()
        return writer.bytes
    }
}
