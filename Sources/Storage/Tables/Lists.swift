package import Basics
import SQLite

/// A list of people with a timeline of its own, <https://docs.joinmastodon.org/entities/List/>.
package struct List: Sendable {
    /// Which replies its timeline shows besides those to the author and to the owner. The numbers are stored.
    package enum Replies: Int, Sendable {
        /// To people on the list.
        case list = 0
        /// To anybody whom the owner follows.
        case followed = 1
        case none = 2
    }

    package var id = ListID(0)
    package var title: String
    package var replies: Replies
    /// Whether what its people post is kept out of the home timeline.
    package var isExclusive: Bool

    package init(title: String, replies: Replies, isExclusive: Bool) {
        self.title = title
        self.replies = replies
        self.isExclusive = isExclusive
    }
}

/// Table `lists`.
package enum Lists {
    package static func insert(_ list: List, at now: Timestamp, in tx: Transaction) throws -> ListID {
        var id = IDs.next(at: now)
        while try tx.db.exists("SELECT 1 FROM lists WHERE id = ?", id) { id += 1 }
        try tx.db.run(
            "INSERT INTO lists (id, title, replies, exclusive) VALUES (?, ?, ?, ?)", id, list.title,
            list.replies.rawValue, list.isExclusive)
        return ListID(id)
    }

    package static func update(_ list: List, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE lists SET title = ?, replies = ?, exclusive = ? WHERE id = ?", list.title,
            list.replies.rawValue, list.isExclusive, list.id)
    }

    /// Removes the list with all that hangs on it.
    package static func remove(_ id: ListID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM lists WHERE id = ?", id)
        try tx.db.run("DELETE FROM list_members WHERE list = ?", id)
        try tx.db.run("DELETE FROM list_posts WHERE list = ?", id)
    }

    package static func find(_ id: ListID, in snapshot: Snapshot) throws -> List? {
        try snapshot.db.first("SELECT id, title, replies, exclusive FROM lists WHERE id = ?", id, map: list)
    }

    /// The oldest first.
    package static func all(in snapshot: Snapshot) throws -> [List] {
        try snapshot.db.all("SELECT id, title, replies, exclusive FROM lists ORDER BY id", map: list)
    }

    /// Those on which somebody is.
    package static func with(_ actor: ActorID, in snapshot: Snapshot) throws -> [List] {
        try snapshot.db.all(
            """
            SELECT l.id, l.title, l.replies, l.exclusive FROM list_members m JOIN lists l ON l.id = m.list
            WHERE m.actor = ? ORDER BY l.id
            """, actor, map: list)
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM lists") { $0.int(0) } ?? 0
    }

    private static func list(_ row: borrowing Row) -> List {
        var list = List(
            title: row.text(1), replies: List.Replies(rawValue: row.int(2)) ?? .list,
            isExclusive: row.bool(3))
        list.id = ListID(row.int64(0))
        return list
    }
}
