import Basics
import SQLite

extension Statuses {
    /// Removes a post with all that hangs on it, boosts of it included. Replies stay and name their parent's address.
    package static func delete(_ id: StatusID, in tx: Transaction) throws {
        let boosts = try tx.db.all("SELECT id FROM statuses WHERE reblog_of = ?", id) {
            StatusID($0.int64(0))
        }
        if !boosts.isEmpty { try uncountOwnBoosts(of: id, in: tx) }
        for boost in boosts { try deleteRow(boost, in: tx) }
        try tx.db.run(
            """
            UPDATE statuses SET in_reply_to = NULL, in_reply_to_uri = (SELECT uri FROM statuses WHERE id = ?1)
            WHERE in_reply_to = ?1
            """, id)
        try deleteRow(id, in: tx)
        tx.announce(.ownPosts)
    }

    /// Whoever deletes a post of the owner's counts that post; nobody counts the boosts that go with it.
    private static func uncountOwnBoosts(of id: StatusID, in tx: Transaction) throws {
        try tx.db.run(
            """
            UPDATE actors SET statuses_count = max(0, statuses_count - (
                SELECT count(*) FROM statuses s WHERE s.reblog_of = ?1 AND s.actor = actors.id))
            WHERE id IN (SELECT actor FROM owner)
                AND EXISTS (SELECT 1 FROM statuses s WHERE s.reblog_of = ?1 AND s.actor = actors.id)
            """, id)
        if tx.db.changes > 0 { tx.announce(.owner) }
    }

    private static func deleteRow(_ id: StatusID, in tx: Transaction) throws {
        try SearchIndex.retire(id, in: tx)
        try tx.db.run("DELETE FROM home WHERE id = ?", id)
        try tx.db.run("DELETE FROM list_posts WHERE status = ?", id)
        try tx.db.run("DELETE FROM filter_statuses WHERE status = ?", id)
        try tx.db.run("DELETE FROM mentions WHERE status = ?", id)
        try Mentions.removeFormer(of: id, in: tx)
        try tx.db.run(
            "DELETE FROM status_hashtags WHERE (hashtag, status) IN (SELECT hashtag, status FROM status_hashtags WHERE status = ?)",
            id)
        try tx.db.run("DELETE FROM attachments WHERE status = ? AND file IS NULL", id)
        // The owner's own files stay for a while, so that delete-and-redraft can attach them again.
        try tx.db.run(
            "UPDATE attachments SET status = NULL, created_at = ? WHERE status = ?",
            Timestamp.current().milliseconds, id)
        try tx.db.run("DELETE FROM favourites WHERE status = ?", id)
        try tx.db.run("DELETE FROM bookmarks WHERE status = ?", id)
        try tx.db.run("DELETE FROM pins WHERE status = ?", id)
        try tx.db.run("DELETE FROM notifications WHERE status = ?", id)
        try Conversations.forget(id, in: tx)
        try tx.db.run("DELETE FROM muted_statuses WHERE status = ?", id)
        try tx.db.run("DELETE FROM status_edits WHERE status = ?", id)
        try tx.db.run("DELETE FROM reply_reads WHERE status = ?", id)
        try tx.db.run("DELETE FROM quotes WHERE status = ?", id)
        try tx.db.run("UPDATE quotes SET quoted = NULL WHERE quoted = ?", id)
        try tx.db.run("DELETE FROM quote_authorizations WHERE status = ?", id)
        try tx.db.run("DELETE FROM arrivals WHERE status = ?", id)
        try tx.db.run("DELETE FROM markdown_statuses WHERE status = ?", id)
        try Polls.remove(id, in: tx)
        try tx.db.run("DELETE FROM statuses WHERE id = ?", id)
        if tx.db.changes > 0 { tx.tell(.removed(id)) }
    }
}
