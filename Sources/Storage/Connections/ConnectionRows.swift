package import Basics
import SQLite

/// The owner's connections in the order of their addresses, which is the same wherever they are kept, for files.
///
/// Each is handed to `body` as it is read, so that a hundred thousand take no room. The joins are crossed so that SQLite
/// goes through the connections and never through all people.
package enum ConnectionRows {
    /// - Parameter home: the host of the owner's own handle.
    package static func follows(
        home: String, in snapshot: Snapshot,
        _ body: (_ address: String, _ reblogs: Bool, _ notify: Bool, _ languages: [Substring]) -> Void
    ) throws {
        _ = try snapshot.db.all(
            """
            SELECT a.username || '@' || ifnull(a.domain, ?) AS address, f.reblogs, f.notify, f.languages
            FROM following f CROSS JOIN actors a ON a.id = f.actor ORDER BY address, f.id
            """, home
        ) { row in
            body(row.text(0), row.bool(1), row.bool(2), row.text(3).split(separator: " "))
        }
    }

    package static func listMembers(
        home: String, in snapshot: Snapshot, _ body: (_ title: String, _ address: String) -> Void
    ) throws {
        _ = try snapshot.db.all(
            """
            SELECT DISTINCT l.title, a.username || '@' || ifnull(a.domain, ?) AS address
            FROM list_members m CROSS JOIN lists l ON l.id = m.list CROSS JOIN actors a ON a.id = m.actor
            ORDER BY l.title, address
            """, home
        ) { body($0.text(0), $0.text(1)) }
    }

    /// Those that hold at `now`.
    package static func mutes(
        home: String, at now: Timestamp, in snapshot: Snapshot,
        _ body: (_ address: String, _ notifications: Bool) -> Void
    ) throws {
        _ = try snapshot.db.all(
            """
            SELECT a.username || '@' || ifnull(a.domain, ?1) AS address, m.notifications
            FROM mutes m CROSS JOIN actors a ON a.id = m.actor WHERE ifnull(m.until, ?2) >= ?2 ORDER BY address, m.id
            """, home, now.milliseconds
        ) { body($0.text(0), $0.bool(1)) }
    }

    package static func blocks(
        home: String, in snapshot: Snapshot, _ body: (_ address: String) -> Void
    ) throws {
        _ = try snapshot.db.all(
            """
            SELECT a.username || '@' || ifnull(a.domain, ?) AS address
            FROM blocks b CROSS JOIN actors a ON a.id = b.actor ORDER BY address, b.id
            """, home
        ) { body($0.text(0)) }
    }

    package static func domainBlocks(in snapshot: Snapshot, _ body: (_ domain: String) -> Void) throws {
        _ = try snapshot.db.all("SELECT domain FROM domain_blocks ORDER BY domain") { body($0.text(0)) }
    }

    package static func bookmarks(in snapshot: Snapshot, _ body: (_ uri: String) -> Void) throws {
        _ = try snapshot.db.all(
            "SELECT s.uri FROM bookmarks b CROSS JOIN statuses s ON s.id = b.status ORDER BY s.uri"
        ) { body($0.text(0)) }
    }
}
