package import Basics
import SQLite

/// A post, or a boost of one (then `reblogOf` is set and there is no text).
package struct Status: Sendable {
    package var id = StatusID(0)
    package var uri: String
    package var actor: ActorID
    package var createdAt: Timestamp
    package var visibility: Visibility
    package var reblogOf: StatusID?
    package var inReplyTo: StatusID?
    package var inReplyToActor: ActorID?
    /// The address of a parent that this server does not have.
    package var inReplyToURI: String?
    package var sensitive = false
    /// The content warning, plain text, empty for none.
    package var spoiler = ""
    /// Sanitised HTML.
    package var content = ""
    /// The page for people, when it differs from `uri`.
    package var url: String?
    package var language: String?
    /// JSON in the shape of the client API.
    package var emojis: String?
    package var conversation: String?
    /// The app that posted it.
    package var application: Int64?
    package var editedAt: Timestamp?
    /// What its author lets others do with it; nil when nothing was said.
    package var rights: InteractionRights?
    /// The collection of its replies.
    package var repliesURI: String?
    /// How often it is liked and boosted by the word of its own server.
    package var toldLikes: Int?
    package var toldShares: Int?

    package init(uri: String, actor: ActorID, createdAt: Timestamp, visibility: Visibility) {
        self.uri = uri
        self.actor = actor
        self.createdAt = createdAt
        self.visibility = visibility
    }
}

/// Table `statuses`.
package enum Statuses {
    package static func id(forURI uri: String, in snapshot: Snapshot) throws -> StatusID? {
        try snapshot.db.first(
            "SELECT id FROM statuses WHERE uri_hash = ? AND uri = ?", URIHash.of(uri), uri
        ) { StatusID($0.int64(0)) }
    }

    package static func find(_ id: StatusID, in snapshot: Snapshot) throws -> Status? {
        try snapshot.db.first(
            """
            SELECT id, uri, actor, created_at, visibility, reblog_of, in_reply_to, in_reply_to_actor, in_reply_to_uri,
                   sensitive, spoiler, content, url, language, emojis, conversation, application, edited_at,
                   policy, replies, told_likes, told_shares
            FROM statuses WHERE id = ?
            """, id, map: status)
    }

    package static func find(uri: String, in snapshot: Snapshot) throws -> Status? {
        try id(forURI: uri, in: snapshot).flatMap { try find($0, in: snapshot) }
    }

    package static func find(_ ids: some Sequence<StatusID>, in snapshot: Snapshot) throws -> [StatusID:
        Status]
    {
        let found = try snapshot.db.all(
            """
            SELECT id, uri, actor, created_at, visibility, reblog_of, in_reply_to, in_reply_to_actor, in_reply_to_uri,
                   sensitive, spoiler, content, url, language, emojis, conversation, application, edited_at,
                   policy, replies, told_likes, told_shares
            FROM statuses WHERE id IN (SELECT value FROM json_each(?))
            """, ids.asJSON(), map: status)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Adds a post under a fresh id made from its date, and joins it with replies that came before it.
    ///
    /// - Parameter source: the owner's text as typed.
    package static func insert(_ status: Status, source: String? = nil, in tx: Transaction) throws -> StatusID
    {
        var id = IDs.next(at: status.createdAt)
        while try tx.db.exists("SELECT 1 FROM statuses WHERE id = ?", id) { id += 1 }
        return try insert(status, id: StatusID(id), source: source, in: tx)
    }

    /// A fresh id for a post whose address contains it.
    package static func newID(at moment: Timestamp) -> StatusID { StatusID(IDs.next(at: moment)) }

    package static func insert(
        _ status: Status, id: StatusID, source: String? = nil, in tx: Transaction
    ) throws -> StatusID {
        let document = status.reblogOf == nil ? try SearchIndex.number(for: id, in: tx) : nil
        try tx.db.run(
            """
            INSERT INTO statuses (id, uri_hash, uri, actor, created_at, visibility, reblog_of, in_reply_to,
                in_reply_to_actor, in_reply_to_uri, sensitive, spoiler, content, source, url, language, emojis,
                conversation, application, edited_at, policy, replies, told_likes, told_shares, doc)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id, URIHash.of(status.uri), status.uri, status.actor, status.createdAt.milliseconds,
            status.visibility.rawValue, status.reblogOf, status.inReplyTo, status.inReplyToActor,
            status.inReplyTo == nil ? status.inReplyToURI : nil, status.sensitive,
            status.spoiler.isEmpty ? nil : status.spoiler, status.content.isEmpty ? nil : status.content,
            source,
            status.url, status.language, status.emojis, status.conversation, status.application,
            status.editedAt?.milliseconds, status.rights?.rawValue,
            status.repliesURI.map { RepliesAddress.short($0, of: status.uri) }, status.toldLikes,
            status.toldShares, document)
        if source != nil { tx.announce(.ownPosts) }
        if status.reblogOf == nil {
            try tx.db.run(
                """
                UPDATE statuses SET in_reply_to = ?, in_reply_to_actor = ?, in_reply_to_uri = NULL
                WHERE in_reply_to_uri = ? AND in_reply_to IS NULL
                """, id, status.actor, status.uri)
            try MutedThreads.join(id, parent: status.inReplyTo, context: status.conversation, in: tx)
        }
        tx.tell(.added(id))
        return id
    }

    /// Replaces what an edit may change.
    package static func update(_ status: Status, source: String? = nil, in tx: Transaction) throws {
        try SearchIndex.renew(status.id, in: tx)
        try tx.db.run(
            """
            UPDATE statuses SET sensitive = ?, spoiler = ?, content = ?, source = ?, url = ?, language = ?, emojis = ?,
                edited_at = ?, policy = ?, told_likes = ?, told_shares = ? WHERE id = ?
            """,
            status.sensitive, status.spoiler.isEmpty ? nil : status.spoiler,
            status.content.isEmpty ? nil : status.content, source, status.url, status.language, status.emojis,
            status.editedAt?.milliseconds, status.rights?.rawValue, status.toldLikes, status.toldShares,
            status.id)
        if source != nil { tx.announce(.ownPosts) }
        tx.tell(.edited(status.id))
    }

    /// The owner's text as typed.
    package static func source(of id: StatusID, in snapshot: Snapshot) throws -> String? {
        try snapshot.db.first("SELECT source FROM statuses WHERE id = ?", id) { $0.textOrNil(0) } ?? nil
    }

    /// The same for several (a JSON array of ids), by post.
    package static func sources(of ids: String, in snapshot: Snapshot) throws -> [StatusID: String] {
        let sources = try snapshot.db.all(
            """
            SELECT id, source FROM statuses WHERE id IN (SELECT value FROM json_each(?)) AND source IS NOT NULL
            """, ids
        ) { (StatusID($0.int64(0)), $0.text(1)) }
        return Dictionary(sources, uniquingKeysWith: { first, _ in first })
    }

    /// Public posts that this server knows, boosts left out.
    package static func publicPage(
        _ page: Page, localTo owner: ActorID?, onlyMedia: Bool, in snapshot: Snapshot
    ) throws -> [StatusID] {
        if page.isUpward {
            return try snapshot.db.all(
                """
                SELECT id FROM statuses WHERE id > ?1 AND id < ?2 AND visibility = 0 AND reblog_of IS NULL
                    AND (?3 IS NULL OR actor = ?3)
                    AND (?4 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = statuses.id))
                ORDER BY id ASC LIMIT ?5
                """, page.lower, page.upper, owner, onlyMedia, page.limit
            ) { StatusID($0.int64(0)) }.reversed()
        }
        return try snapshot.db.all(
            """
            SELECT id FROM statuses WHERE id > ?1 AND id < ?2 AND visibility = 0 AND reblog_of IS NULL
                AND (?3 IS NULL OR actor = ?3)
                AND (?4 = 0 OR EXISTS (SELECT 1 FROM attachments WHERE status = statuses.id))
            ORDER BY id DESC LIMIT ?5
            """, page.lower, page.upper, owner, onlyMedia, page.limit
        ) { StatusID($0.int64(0)) }
    }

    /// How many posts the owner has that anybody may read.
    package static func countOpen(of actor: ActorID, in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first(
            "SELECT count(*) FROM statuses WHERE actor = ? AND visibility <= 1", actor
        ) { $0.int(0) } ?? 0
    }

    /// When the newest thing came that has an id made of its time.
    package static func newestArrival(in snapshot: Snapshot) throws -> Timestamp? {
        try snapshot.db.first(
            "SELECT max(ifnull((SELECT max(id) >> 16 FROM statuses), 0), ifnull((SELECT max(id) / 1000 FROM notifications), 0))"
        ) { Timestamp(milliseconds: $0.int64(0)) }
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM statuses") { $0.int(0) } ?? 0
    }

    static func status(_ row: borrowing Row) -> Status {
        var status = Status(
            uri: row.text(1), actor: ActorID(row.int64(2)), createdAt: Timestamp(milliseconds: row.int64(3)),
            visibility: Visibility(rawValue: row.int(4)) ?? .direct)
        status.id = StatusID(row.int64(0))
        status.reblogOf = row.int64OrNil(5).map { StatusID($0) }
        status.inReplyTo = row.int64OrNil(6).map { StatusID($0) }
        status.inReplyToActor = row.int64OrNil(7).map { ActorID($0) }
        status.inReplyToURI = row.textOrNil(8)
        status.sensitive = row.bool(9)
        status.spoiler = row.text(10)
        status.content = row.text(11)
        status.url = row.textOrNil(12)
        status.language = row.textOrNil(13)
        status.emojis = row.textOrNil(14)
        status.conversation = row.textOrNil(15)
        status.application = row.int64OrNil(16)
        status.editedAt = row.int64OrNil(17).map { Timestamp(milliseconds: $0) }
        status.rights = row.int64OrNil(18).map { InteractionRights(rawValue: $0) }
        status.repliesURI = row.textOrNil(19).map { RepliesAddress.long($0, of: status.uri) }
        status.toldLikes = row.int64OrNil(20).map { Int($0) }
        status.toldShares = row.int64OrNil(21).map { Int($0) }
        return status
    }
}

extension Statuses {
    /// Those among these ids (a JSON array), in no order.
    package static func all(among ids: String, in snapshot: Snapshot) throws -> [Status] {
        try snapshot.db.all(
            """
            SELECT id, uri, actor, created_at, visibility, reblog_of, in_reply_to, in_reply_to_actor, in_reply_to_uri,
                   sensitive, spoiler, content, url, language, emojis, conversation, application, edited_at,
                   policy, replies, told_likes, told_shares
            FROM statuses WHERE id IN (SELECT value FROM json_each(?))
            """, ids, map: status)
    }
}
