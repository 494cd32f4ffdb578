import Basics
import Storage

/// What the owner sees of a post that came: in the home timeline, on lists and among the notifications. Doing it again
/// changes nothing.
enum NewPost {
    /// Older posts are shown at their place but not announced. Most servers try for about a week to deliver to one
    /// that is away; what is older than that was imported or dug out, and is no news.
    static let recent = Duration.days(7)

    static func tell(_ status: Storage.Status, _ context: InboxContext) throws {
        let tx = context.tx
        try announce(status, context)
        let follow = try Following.find(status.actor, in: tx)
        let isWanted = follow.map { $0.isAccepted && $0.wants(status.language) } ?? false
        if isWanted {
            try ListPosts.add(status.id, by: status.actor, owner: context.identity.owner, in: tx)
        }
        guard try isWanted && isForHome(status, context) || hasFollowedHashtag(status, in: tx),
            try !ListMembers.areExclusive(status.actor, in: tx)
        else { return }
        try HomeTimeline.add(status.id, in: tx)
    }

    /// Whoever wrote it, as long as everybody may read it.
    private static func hasFollowedHashtag(_ status: Storage.Status, in tx: Transaction) throws -> Bool {
        try status.visibility == .public && FollowedHashtags.areIn(status.id, in: tx)
    }

    /// Tells the owner once, remembering the post's address, so that what they dismissed does not come back with a
    /// second copy.
    static func announce(_ status: Storage.Status, _ context: InboxContext) throws {
        let tx = context.tx
        guard !context.isQuiet, status.createdAt > context.receivedAt - recent,
            let kind = try kind(status, context),
            try SeenActivities.mark(status.uri, at: context.receivedAt, in: tx)
        else { return }
        try context.notify(kind, from: status.actor, status: status.id)
    }

    private static func kind(
        _ status: Storage.Status, _ context: InboxContext
    ) throws -> Storage.Notification.Kind? {
        let tx = context.tx
        let owner = context.identity.owner
        if try Mentions.contains(status: status.id, actor: owner, in: tx) { return .mention }
        if let quote = try Quotes.find(status.id, in: tx),
            quote.state == .accepted || quote.state == .unstated,
            let quoted = quote.quoted, try Statuses.find(quoted, in: tx)?.actor == owner
        {
            return .quote
        }
        if let follow = try Following.find(status.actor, in: tx), follow.isAccepted, follow.notify,
            // Going on with a thread of one's own is news, answering others is not.
            status.inReplyToURI == nil, status.inReplyTo == nil || status.inReplyToActor == status.actor
        {
            return .status
        }
        return nil
    }

    /// Of replies only those to people who are followed, as Mastodon does, because the others are halves of
    /// conversations.
    private static func isForHome(_ status: Storage.Status, _ context: InboxContext) throws -> Bool {
        if status.inReplyToURI != nil { return false }
        guard let parent = status.inReplyToActor, parent != status.actor, parent != context.identity.owner
        else { return true }
        return try Following.contains(parent, in: context.tx)
    }
}
