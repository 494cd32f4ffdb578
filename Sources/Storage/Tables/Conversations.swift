package import Basics
import SQLite

/// Tables `conversations` and `conversation_statuses`: direct posts of one thread between the owner and the same
/// people.
package enum Conversations {
    package struct Conversation: Sendable {
        package let id: ConversationID
        /// Without the owner; empty when the owner writes to themselves.
        package let participants: [ActorID]
        /// The newest post; there always is one.
        package let lastStatus: StatusID
        package let isUnread: Bool
    }

    /// Puts a direct post of the owner's, or to the owner, into its conversation: call it when the post and its
    /// mentions are stored. Doing it again changes nothing, and so it is for every other post.
    ///
    /// What the policy holds back is in none until the owner accepts its author.
    package static func add(_ id: StatusID, owner: ActorID, at now: Timestamp, in tx: Transaction) throws {
        let found = try tx.db.first(
            """
            SELECT s.actor, coalesce(
                (SELECT c.context FROM conversation_statuses p JOIN conversations c ON c.id = p.conversation
                    WHERE p.status = s.in_reply_to),
                (SELECT c.context FROM statuses r JOIN conversation_statuses p ON p.status = r.id
                    JOIN conversations c ON c.id = p.conversation WHERE r.in_reply_to = s.id),
                s.conversation, s.uri)
            FROM statuses s WHERE s.id = ?1 AND s.visibility = 3 AND s.reblog_of IS NULL
                AND NOT EXISTS (SELECT 1 FROM conversation_statuses WHERE status = ?1)
            """, id
        ) { (author: ActorID($0.int64(0)), context: $0.text(1)) }
        guard let (author, context) = found else { return }
        let mentioned = try tx.db.all("SELECT actor FROM mentions WHERE status = ?", id) {
            ActorID($0.int64(0))
        }
        guard author == owner || mentioned.contains(owner),
            try author == owner
                || NotificationPolicy.verdict(on: .mention, from: author, status: id, at: now, in: tx)
                    == .accept
        else { return }
        let people = Set(mentioned + [author]).subtracting([owner]).sorted()
        // Those whom the owner does not want to hear, and in threads that they do not, write without being news.
        let isSilent =
            try author != owner
            && (MutedThreads.contains(id, in: tx) || !Mutes.silent(among: [author], at: now, in: tx).isEmpty)
        let conversation = try insert(
            id, context: context, people.asJSON(), isUnread: isSilent ? nil : author != owner, in: tx)
        try tx.db.run(
            "INSERT OR IGNORE INTO conversation_statuses (conversation, status) VALUES (?, ?)", conversation,
            id)
        if !isSilent { tx.tell(.conversation(conversation)) }
    }

    /// A conversation has the number of the post that began it, which none had before.
    ///
    /// - Parameter isUnread: nil to leave it as it is.
    private static func insert(
        _ status: StatusID, context: String, _ people: String, isUnread: Bool?, in tx: Transaction
    ) throws -> ConversationID {
        // What comes late is not news: a thread that was looked at.
        try tx.db.run(
            """
            UPDATE conversations SET last_status = ?1, unread = ifnull(?2, unread)
            WHERE context = ?3 AND participants = ?4 AND last_status < ?1
            """, status, isUnread, context, people)
        try tx.db.run(
            """
            INSERT OR IGNORE INTO conversations (id, context, participants, last_status, unread)
            VALUES (?1, ?3, ?4, ?1, ifnull(?2, 0))
            """, status, isUnread, context, people)
        let id = try tx.db.first(
            "SELECT id FROM conversations WHERE context = ? AND participants = ?", context, people
        ) { ConversationID($0.int64(0)) }
        return id ?? ConversationID(status.value)
    }

    package static func find(_ id: ConversationID, in snapshot: Snapshot) throws -> Conversation? {
        try snapshot.db.first(
            "SELECT id, participants, last_status, unread FROM conversations WHERE id = ?", id,
            map: conversation)
    }

    /// Those of these that are still there.
    package static func all(
        among ids: [ConversationID], in snapshot: Snapshot
    ) throws -> [ConversationID: Conversation] {
        guard !ids.isEmpty else { return [:] }
        let found = try snapshot.db.all(
            """
            SELECT id, participants, last_status, unread FROM conversations
            WHERE id IN (SELECT value FROM json_each(?))
            """, ids.asJSON(), map: conversation)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The newest post first; the cursor is that post.
    package static func page(_ page: Page, in snapshot: Snapshot) throws -> [Conversation] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id, participants, last_status, unread FROM conversations
                WHERE last_status > ? AND last_status < ? ORDER BY last_status ASC LIMIT ?
                """, page.lower, page.upper, page.limit, map: conversation
            ).reversed()
        }
        return try snapshot.db.all(
            """
            SELECT id, participants, last_status, unread FROM conversations
            WHERE last_status > ? AND last_status < ? ORDER BY last_status DESC LIMIT ?
            """, page.lower, page.upper, page.limit, map: conversation)
    }

    package static func set(_ id: ConversationID, isUnread: Bool, in tx: Transaction) throws {
        try tx.db.run("UPDATE conversations SET unread = ? WHERE id = ?", isUnread, id)
    }

    /// Takes it off the list. Its posts stay; the next one begins it anew.
    package static func remove(_ id: ConversationID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM conversation_statuses WHERE conversation = ?", id)
        try tx.db.run("DELETE FROM conversations WHERE id = ?", id)
    }

    /// Takes out a post that is deleted; a conversation goes with its last one.
    static func forget(_ status: StatusID, in tx: Transaction) throws {
        let id = try tx.db.first("SELECT conversation FROM conversation_statuses WHERE status = ?", status) {
            ConversationID($0.int64(0))
        }
        guard let id else { return }
        try tx.db.run(
            "DELETE FROM conversation_statuses WHERE conversation = ? AND status = ?", id, status)
        let last =
            try tx.db.first(
                "SELECT max(status) FROM conversation_statuses WHERE conversation = ?", id
            ) { $0.int64OrNil(0) } ?? nil
        guard let last else { return try remove(id, in: tx) }
        try tx.db.run("UPDATE conversations SET last_status = ? WHERE id = ?", last, id)
    }

    private static func conversation(_ row: borrowing Row) -> Conversation {
        Conversation(
            id: ConversationID(row.int64(0)), participants: participants(row.text(1)),
            lastStatus: StatusID(row.int64(2)), isUnread: row.bool(3))
    }

    /// Reads what `asJSON` wrote.
    private static func participants(_ text: String) -> [ActorID] {
        text.split { !("0"..."9").contains($0) }.compactMap { ActorID($0) }
    }
}
