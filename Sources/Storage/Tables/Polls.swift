package import Basics
import SQLite

/// A question with its options, by the post that asks it.
package struct Poll: Sendable {
    package struct Option: Sendable, Equatable {
        package var name: String
        package var votes: Int

        package init(name: String, votes: Int) {
            self.name = name
            self.votes = votes
        }
    }

    package var status: StatusID
    /// Whether several options may be chosen.
    package var isMultiple: Bool
    /// Whether apps are shown the numbers only when it is over.
    package var hidesTotals = false
    /// nil for one that stays open.
    package var endsAt: Timestamp?
    /// Whether it was closed, by its end or by word of its author.
    package var isClosed = false
    /// How many people voted, when that is known.
    package var voters: Int?
    package var options: [Option]
    /// When the numbers were last learnt.
    package var readAt: Timestamp
    /// When others were last told the numbers of a poll of the owner's.
    package var toldAt: Timestamp?

    package init(
        status: StatusID, isMultiple: Bool, endsAt: Timestamp?, options: [Option], readAt: Timestamp
    ) {
        self.status = status
        self.isMultiple = isMultiple
        self.endsAt = endsAt
        self.options = options
        self.readAt = readAt
    }

    package func isOver(at now: Timestamp) -> Bool {
        isClosed || endsAt.map { $0 <= now } ?? false
    }

    /// Whether readers see a difference.
    func looksUnlike(_ other: Poll) -> Bool {
        isMultiple != other.isMultiple || endsAt != other.endsAt || voters != other.voters
            || options != other.options
    }
}

/// Tables `polls`, `poll_options` and `poll_votes`.
package enum Polls {
    package static func find(_ status: StatusID, in snapshot: Snapshot) throws -> Poll? {
        try of("[\(status)]", in: snapshot)[status]
    }

    /// Those of these posts (a JSON array of ids), in two statements however many.
    package static func of(_ statuses: String, in snapshot: Snapshot) throws -> [StatusID: Poll] {
        var polls: [StatusID: Poll] = [:]
        let found = try snapshot.db.all(
            """
            SELECT status, multiple, ends_at, closed, voters, read_at, told_at, hides_totals FROM polls
            WHERE status IN (SELECT value FROM json_each(?))
            """, statuses
        ) { row in
            var poll = Poll(
                status: StatusID(row.int64(0)), isMultiple: row.bool(1),
                endsAt: row.int64OrNil(2).map { Timestamp(milliseconds: $0) }, options: [],
                readAt: Timestamp(milliseconds: row.int64(5)))
            poll.isClosed = row.bool(3)
            poll.voters = row.int64OrNil(4).map { Int($0) }
            poll.toldAt = row.int64OrNil(6).map { Timestamp(milliseconds: $0) }
            poll.hidesTotals = row.bool(7)
            return poll
        }
        guard !found.isEmpty else { return [:] }
        for poll in found { polls[poll.status] = poll }
        let options = try snapshot.db.all(
            """
            SELECT status, name, votes FROM poll_options WHERE status IN (SELECT value FROM json_each(?))
            ORDER BY status, position
            """, statuses
        ) { (StatusID($0.int64(0)), Poll.Option(name: $0.text(1), votes: $0.int(2))) }
        for (status, option) in options { polls[status]?.options.append(option) }
        return polls
    }

    /// Writes a poll as it is now. Other options than before take the votes with them.
    ///
    /// One that was closed stays so, or its end would be told again, unless it now has another end.
    package static func save(_ poll: Poll, in tx: Transaction) throws {
        let before = try find(poll.status, in: tx)
        let isClosed = poll.isClosed || before.map { $0.isClosed && $0.endsAt == poll.endsAt } ?? false
        try tx.db.run(
            """
            INSERT OR REPLACE INTO polls (status, multiple, ends_at, closed, voters, read_at, told_at, hides_totals)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, poll.status, poll.isMultiple, poll.endsAt?.milliseconds, isClosed, poll.voters,
            poll.readAt.milliseconds, (poll.toldAt ?? before?.toldAt)?.milliseconds, poll.hidesTotals)
        if before?.options.map(\.name) != poll.options.map(\.name) {
            try SearchIndex.renew(poll.status, in: tx)
            try tx.db.run("DELETE FROM poll_options WHERE status = ?", poll.status)
            if before != nil { try tx.db.run("DELETE FROM poll_votes WHERE status = ?", poll.status) }
        }
        for (position, option) in poll.options.enumerated() {
            try tx.db.run(
                "INSERT OR REPLACE INTO poll_options (status, position, name, votes) VALUES (?, ?, ?, ?)",
                poll.status, position, option.name, option.votes)
        }
        tx.announce(.polls)
        // The poll of a new post comes with it.
        if let before, before.looksUnlike(poll) { tx.tell(.edited(poll.status)) }
    }

    package static func remove(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM polls WHERE status = ?", status)
        guard tx.db.changes > 0 else { return }
        try SearchIndex.renew(status, in: tx)
        try tx.db.run("DELETE FROM poll_options WHERE status = ?", status)
        try tx.db.run("DELETE FROM poll_votes WHERE status = ?", status)
    }

    /// What somebody chose, by position.
    package static func choices(
        of actor: ActorID, in status: StatusID, _ snapshot: Snapshot
    ) throws -> [Int] {
        try snapshot.db.all(
            "SELECT position FROM poll_votes WHERE status = ? AND actor = ? ORDER BY position", status, actor
        ) { $0.int(0) }
    }

    /// What somebody chose in each of these polls (a JSON array of ids).
    package static func choices(
        of actor: ActorID, among statuses: String, in snapshot: Snapshot
    ) throws -> [StatusID: [Int]] {
        let found = try snapshot.db.all(
            """
            SELECT status, position FROM poll_votes
            WHERE status IN (SELECT value FROM json_each(?)) AND actor = ? ORDER BY status, position
            """, statuses, actor
        ) { (StatusID($0.int64(0)), $0.int(1)) }
        return Dictionary(grouping: found, by: \.0).mapValues { $0.map(\.1) }
    }

    /// Counts a vote; whoever calls has checked that it is allowed.
    ///
    /// - Returns: `false` when the very same was counted before.
    package static func vote(
        _ position: Int, by actor: ActorID, in status: StatusID, _ tx: Transaction
    ) throws -> Bool {
        let isFirst = try choices(of: actor, in: status, tx).isEmpty
        try tx.db.run(
            "INSERT OR IGNORE INTO poll_votes (status, actor, position) VALUES (?, ?, ?)", status, actor,
            position)
        guard tx.db.changes == 1 else { return false }
        try tx.db.run(
            "UPDATE poll_options SET votes = votes + 1 WHERE status = ? AND position = ?", status, position)
        if isFirst {
            try tx.db.run("UPDATE polls SET voters = ifnull(voters, 0) + 1 WHERE status = ?", status)
        }
        tx.announce(.polls)
        tx.tell(.edited(status))
        return true
    }

    /// Everybody who voted, but not this one.
    package static func voters(
        of status: StatusID, except actor: ActorID, in snapshot: Snapshot
    ) throws -> [ActorID] {
        try snapshot.db.all(
            "SELECT DISTINCT actor FROM poll_votes WHERE status = ? AND actor <> ?", status, actor
        ) { ActorID($0.int64(0)) }
    }

    /// Polls that ended by `now` and are not closed yet, the earliest first.
    package static func ended(at now: Timestamp, limit: Int, in snapshot: Snapshot) throws -> [StatusID] {
        try snapshot.db.all(
            "SELECT status FROM polls WHERE NOT closed AND ends_at <= ? ORDER BY ends_at LIMIT ?",
            now.milliseconds, limit
        ) { StatusID($0.int64(0)) }
    }

    /// When the next poll ends.
    package static func nextEnd(in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first("SELECT min(ends_at) FROM polls WHERE NOT closed") { row in
            row.int64OrNil(0).map { Timestamp(milliseconds: $0) }
        } ?? nil
    }

    package static func close(_ status: StatusID, in tx: Transaction) throws {
        try tx.db.run("UPDATE polls SET closed = 1 WHERE status = ?", status)
        tx.announce([.polls, .ownPosts])
        tx.tell(.edited(status))
    }

    /// Notes that others were told the numbers.
    package static func told(_ status: StatusID, at now: Timestamp, in tx: Transaction) throws {
        try tx.db.run("UPDATE polls SET told_at = ? WHERE status = ?", now.milliseconds, status)
    }
}
