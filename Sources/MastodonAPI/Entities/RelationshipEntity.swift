import Basics
import HTTP
import JSON
import Storage

/// How the owner and somebody else stand to each other,
/// <https://docs.joinmastodon.org/entities/Relationship/>.
struct Relationships {
    private let following: [ActorID: Following.Follow]
    private let followers: Set<ActorID>
    private let requests: Set<ActorID>
    private let blocks: Set<ActorID>
    private let mutes: [ActorID: Mutes.Mute]
    private let onBlockedDomains: Set<ActorID>
    private let endorsed: Set<ActorID>
    private let notes: [ActorID: String]

    init(_ ids: [ActorID], at now: Timestamp, in snapshot: Snapshot) throws {
        let list = IDList.json(ids)
        following = try Following.among(list, in: snapshot)
        followers = try Followers.among(list, in: snapshot)
        requests = try FollowRequests.among(list, in: snapshot)
        blocks = try Blocks.among(list, in: snapshot)
        mutes = try Mutes.among(list, at: now, in: snapshot)
        onBlockedDomains = try DomainBlocks.actors(among: list, in: snapshot)
        endorsed = try Endorsements.among(list, in: snapshot)
        notes = try AccountNotes.among(list, in: snapshot)
    }

    func write(_ id: ActorID, to writer: inout JSONWriter) {
        let follow = following[id]
        let isFollowing = follow?.isAccepted ?? false
        let mute = mutes[id]
        writer.object { writer in
            writer.field("id", id.description)
            writer.field("following", isFollowing)
            writer.field("showing_reblogs", isFollowing && (follow?.reblogs ?? false))
            writer.field("notifying", isFollowing && (follow?.notify ?? false))
            if isFollowing, let languages = follow?.languages {
                writer.field("languages", languages)
            } else {
                writer.null("languages")
            }
            writer.field("followed_by", followers.contains(id))
            writer.field("blocking", blocks.contains(id))
            // Other servers need not tell us, and ours does not keep what they tell.
            writer.field("blocked_by", false)
            writer.field("muting", mute != nil)
            writer.field("muting_notifications", mute?.notifications ?? false)
            writer.field("muting_expires_at", mute?.until.map { ISO8601.milliseconds($0.milliseconds) })
            writer.field("requested", follow != nil && !isFollowing)
            writer.field("requested_by", requests.contains(id))
            writer.field("domain_blocking", onBlockedDomains.contains(id))
            writer.field("endorsed", endorsed.contains(id))
            writer.field("note", notes[id] ?? "")
        }
    }
}
