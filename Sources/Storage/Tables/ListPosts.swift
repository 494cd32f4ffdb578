import SQLite

/// Table `list_posts`: the ids of what the timeline of a list shows.
package enum ListPosts {
    /// Puts a new post or boost onto the lists of its author that show such a thing, and tells open streams. Doing it
    /// again changes nothing.
    package static func add(
        _ id: StatusID, by actor: ActorID, owner: ActorID, in tx: Transaction
    ) throws {
        for list in try insert([id], by: actor, into: nil, owner: owner, in: tx) {
            tx.tell(.listed(id, list))
        }
    }

    /// Puts the newest posts of somebody who was just put on a list onto its timeline.
    package static func fill(
        _ list: ListID, with actor: ActorID, newest limit: Int, owner: ActorID, in tx: Transaction
    ) throws {
        let follow = try Following.find(actor, in: tx)
        let newest = try tx.db.all(
            """
            SELECT s.id, s.reblog_of IS NOT NULL, ifnull(b.language, s.language)
            FROM statuses s LEFT JOIN statuses b ON b.id = s.reblog_of
            WHERE s.actor = ? ORDER BY s.id DESC LIMIT ?
            """, actor, limit
        ) { (id: StatusID($0.int64(0)), isBoost: $0.bool(1), language: $0.textOrNil(2)) }
        let wanted = newest.filter { post in
            guard let follow else { return true }
            return follow.wants(post.language) && (follow.reblogs || !post.isBoost)
        }
        _ = try insert(wanted.map(\.id), by: actor, into: list, owner: owner, in: tx)
    }

    /// The one rule of what a list shows: nothing that is for few; of replies those to the author, to the owner and to
    /// whom the list says; and no boost of what is among its newest forty already.
    private static func insert(
        _ ids: [StatusID], by actor: ActorID, into list: ListID?, owner: ActorID, in tx: Transaction
    ) throws -> [ListID] {
        try tx.db.all(
            """
            INSERT OR IGNORE INTO list_posts (list, status)
            SELECT l.id, s.id FROM list_members m JOIN lists l ON l.id = m.list JOIN statuses s ON s.actor = m.actor
            WHERE m.actor = ?1 AND (?2 IS NULL OR l.id = ?2) AND s.id IN (SELECT value FROM json_each(?3))
                AND s.visibility < 3 AND s.in_reply_to_uri IS NULL
                AND (s.in_reply_to_actor IS NULL OR s.in_reply_to_actor IN (s.actor, ?4)
                    OR l.replies = 1 AND EXISTS (
                        SELECT 1 FROM following WHERE actor = s.in_reply_to_actor AND accepted)
                    OR l.replies = 0 AND EXISTS (
                        SELECT 1 FROM list_members WHERE list = l.id AND actor = s.in_reply_to_actor))
                AND (s.reblog_of IS NULL OR NOT EXISTS (
                    SELECT 1 FROM statuses r WHERE (r.id = s.reblog_of OR r.reblog_of = s.reblog_of) AND r.id IN (
                        SELECT status FROM list_posts WHERE list = l.id ORDER BY status DESC LIMIT 40)))
            RETURNING list
            """, actor, list, ids.asJSON(), owner
        ) { ListID($0.int64(0)) }
    }

    package static func remove(of actor: ActorID, from list: ListID, in tx: Transaction) throws {
        try tx.db.run(
            "DELETE FROM list_posts WHERE list = ? AND status IN (SELECT id FROM statuses WHERE actor = ?)",
            list, actor)
    }

    package static func page(
        of list: ListID, _ page: Page, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT status FROM list_posts WHERE list = ? AND status > ? AND status < ?
                ORDER BY status ASC LIMIT ?
                """, list, page.lower, page.upper, page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT status FROM list_posts WHERE list = ? AND status > ? AND status < ?
            ORDER BY status DESC LIMIT ?
            """, list, page.lower, page.upper, page.limit
        ) { StatusID($0.int64(0)) }
    }
}
