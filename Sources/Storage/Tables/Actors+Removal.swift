import SQLite

extension Actors {
    /// Removes somebody who deleted their account, with everything of theirs.
    package static func remove(_ id: ActorID, owner: ActorID, in tx: Transaction) throws {
        guard id != owner else { return }
        let statuses = try tx.db.all("SELECT id FROM statuses WHERE actor = ?", id) { StatusID($0.int64(0)) }
        for status in statuses { try Statuses.delete(status, in: tx) }
        _ = try Following.remove(id, owner: owner, in: tx)
        _ = try Followers.remove(id, owner: owner, in: tx)
        _ = try FollowRequests.remove(id, in: tx)
        try Notifications.removeAll(from: id, in: tx)
        try tx.db.run("DELETE FROM favourites WHERE actor = ?", id)
        // Their likes are counted in the documents of the owner's posts.
        if tx.db.changes > 0 { tx.announce(.ownPosts) }
        try tx.db.run("DELETE FROM mentions WHERE actor = ?", id)
        try tx.db.run("DELETE FROM featured_tags WHERE actor = ?", id)
        try AccountNotes.set("", for: id, in: tx)
        try tx.db.run("DELETE FROM quote_authorizations WHERE actor = ?", id)
        // What they voted stays counted, as their ballot was secret to everybody but us.
        try tx.db.run("DELETE FROM poll_votes WHERE actor = ?", id)
        // Whoever is blocked or muted stays so, should the account come back.
        let isRemembered = try tx.db.exists(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM blocks WHERE actor = ?1) OR EXISTS (SELECT 1 FROM mutes WHERE actor = ?1)",
            id)
        if !isRemembered { try tx.db.run("DELETE FROM actors WHERE id = ?", id) }
        try PeopleIndex.note(id, in: tx)
    }
}
