import ActivityPub
import JSON
import Storage

/// Which Follow of the owner's somebody answers: by its id, or whole, because some servers lose or change the id.
struct FollowAnswer: Sendable {
    let id: String?
    private let isWhole: Bool
    /// Whether the id is one that we gave, and so says which Follow is meant: a late answer to an older one is none
    /// to the newer.
    private let isOurs: Bool

    init?(_ activity: Activity, reading: InboxReading) {
        guard let object = activity.object else { return nil }
        id = activity.objectID
        isOurs = id?.hasPrefix(reading.identity.origin + "/activities/") == true
        guard object.kind == .object, !object.types.isEmpty else {
            guard let id, reading.identity.isOwn(id) else { return nil }
            isWhole = false
            return
        }
        guard object.has(type: "Follow") else { return nil }
        let asker = object["actor"]?.firstID
        let asked = object["object"]?.firstID
        guard asker == nil || asker == reading.identity.actor, asked == nil || asked == reading.sender else {
            return nil
        }
        isWhole = asker != nil
    }

    /// The follow that is answered, if the owner still wants it.
    func follow(_ context: InboxContext) throws -> Following.Follow? {
        guard let follow = try Following.find(context.sender, in: context.tx),
            isWhole && !isOurs || follow.uri == id
        else { return nil }
        return follow
    }
}
