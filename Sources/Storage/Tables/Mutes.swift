package import Basics
import SQLite

/// Table `mutes`: whose posts the owner does not want to see.
package enum Mutes {
    package struct Mute: Sendable {
        package let actor: ActorID
        package let notifications: Bool
        package let until: Timestamp?
    }

    package static func insert(
        _ actor: ActorID, notifications: Bool, until: Timestamp?, in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            INSERT INTO mutes (actor, notifications, until) VALUES (?, ?, ?)
            ON CONFLICT (actor) DO UPDATE SET notifications = excluded.notifications, until = excluded.until
            """, actor, notifications, until?.milliseconds)
    }

    package static func remove(_ actor: ActorID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM mutes WHERE actor = ?", actor)
    }

    /// The mute of this actor that holds at `now`.
    package static func find(_ actor: ActorID, at now: Timestamp, in snapshot: Snapshot) throws -> Mute? {
        try snapshot.db.first(
            "SELECT actor, notifications, until FROM mutes WHERE actor = ? AND ifnull(until, ?2) >= ?2",
            actor, now.milliseconds, map: mute)
    }

    package static func among(
        _ ids: String, at now: Timestamp, in snapshot: Snapshot
    ) throws -> [ActorID: Mute] {
        let found = try snapshot.db.all(
            """
            SELECT actor, notifications, until FROM mutes
            WHERE actor IN (SELECT value FROM json_each(?1)) AND ifnull(until, ?2) >= ?2
            """, ids, now.milliseconds, map: mute)
        return Dictionary(found.map { ($0.actor, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func mute(_ row: borrowing Row) -> Mute {
        Mute(
            actor: ActorID(row.int64(0)), notifications: row.bool(1),
            until: row.int64OrNil(2).map { Timestamp(milliseconds: $0) })
    }
}

extension Mutes {
    /// Those that hold at `now`.
    package static func page(
        _ page: Page, at now: Timestamp, in snapshot: Snapshot
    ) throws -> [(cursor: Int64, mute: Mute)] {
        try snapshot.db.all(
            """
            SELECT actor, notifications, until, id FROM mutes
            WHERE id > ?1 AND id < ?2 AND ifnull(until, ?3) >= ?3 ORDER BY id DESC LIMIT ?4
            """, page.lower, page.upper, now.milliseconds, page.limit
        ) { ($0.int64(3), mute($0)) }
    }
}

extension Mutes {
    /// Of these, those whose notifications the owner does not want: blocked, or muted with them until after `now`.
    package static func silent(
        among ids: some Sequence<ActorID>, at now: Timestamp, in snapshot: Snapshot
    ) throws -> Set<ActorID> {
        Set(
            try snapshot.db.all(
                """
                SELECT actor FROM blocks WHERE actor IN (SELECT value FROM json_each(?1))
                UNION ALL SELECT actor FROM mutes WHERE actor IN (SELECT value FROM json_each(?1))
                    AND notifications AND ifnull(until, ?2) >= ?2
                """, ids.asJSON(), now.milliseconds
            ) { ActorID($0.int64(0)) })
    }
}
