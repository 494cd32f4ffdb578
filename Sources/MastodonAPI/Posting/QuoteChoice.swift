import Basics
import Storage

/// The post that a new one quotes, when the owner may do that.
struct QuoteChoice {
    private let target: Storage.Status
    private let isOwn: Bool

    /// - Throws: 404 when it is not there or its author does not want it, as Mastodon does.
    init(_ id: StatusID, owner: ActorID, in snapshot: Snapshot) throws {
        guard let found = try Statuses.find(id, in: snapshot),
            let target = try Statuses.find(found.reblogOf ?? id, in: snapshot),
            try !Blocks.contains(target.actor, in: snapshot)
        else { throw APIError.notQuotable }
        let approval = QuoteApproval(of: target, owner: owner)
        let follow = approval.dependsOnTies ? try Following.find(target.actor, in: snapshot) : nil
        let isFollower = approval.dependsOnTies ? try Followers.contains(target.actor, in: snapshot) : false
        let answer = approval.answer(isFollowed: follow?.isAccepted ?? false, isFollower: isFollower)
        guard answer != .denied else { throw APIError.notQuotable }
        self.target = target
        isOwn = target.actor == owner
    }

    /// Who may see a post that quotes it: of the owner's own posts for followers nobody else may hear.
    ///
    /// - Throws: 422 for a message to people among whom the author is not.
    func visibility(asked: Visibility, people: Set<ActorID>) throws -> Visibility {
        if asked == .direct && !isOwn && !people.contains(target.actor) {
            throw APIError.invalid("Cannot quote a non-mentioned user in a Private Mention post.")
        }
        return target.visibility == .private && asked.isOpen ? .private : asked
    }

    /// Others are asked when the post is published; the owner needs nobody's leave.
    func quote(in status: StatusID, at now: Timestamp) -> Quote {
        Quote(
            status: status, quoted: target.id, quotedURI: target.uri, state: isOwn ? .accepted : .pending,
            checkedAt: now)
    }
}
