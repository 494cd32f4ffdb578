import Storage

/// Who may see a post of the owner's, and so may like, boost or answer it.
enum Sight {
    static func of(_ status: Storage.Status, by actor: ActorID, in snapshot: Snapshot) throws -> Bool {
        if status.visibility.isOpen || status.actor == actor { return true }
        if try Mentions.contains(status: status.id, actor: actor, in: snapshot) { return true }
        return try status.visibility == .private && Followers.contains(actor, in: snapshot)
    }
}
