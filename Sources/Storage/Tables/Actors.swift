package import Basics
import SQLite

/// Somebody on the fediverse, the owner included, as far as this server knows them.
package struct Actor: Sendable {
    /// The numbers are stored.
    package enum Kind: Int, Sendable {
        case person = 0
        case service = 1
        case group = 2
        case organization = 3
        case application = 4
    }

    /// A picture that stands for `:shortcode:`.
    package struct Picture: Sendable {
        let shortcode: String
        let url: String

        package init(_ shortcode: String, at url: String) {
            self.shortcode = shortcode
            self.url = url
        }
    }

    package var id = ActorID(0)
    package var uri: String
    package var username: String
    /// The host part of the handle; nil for the owner.
    package var domain: String?
    package var kind = Kind.person
    package var name = ""
    /// Sanitised HTML.
    package var summary = ""
    package var url: String?
    package var inbox: String?
    package var sharedInbox: String?
    package var followersURI: String?
    package var keyID: String?
    package var keyPEM: String?
    package var avatar: String?
    package var header: String?
    /// JSON in the shape of the client API: `[{"name", "value", "verified_at"}]`.
    package var fields: String?
    /// As `Emojis.keep` returns it.
    package var emojis: String?
    /// What a document that was just read has of them, to be kept with it.
    package var pictures: [Picture] = []
    package var locked = false
    package var discoverable = false
    package var indexable = false
    package var movedTo: String?
    /// Other accounts that this one says are its own.
    package var alsoKnownAs: [String] = []
    package var outboxURI: String?
    package var featuredURI: String?
    /// JSON: `[{"id", "key"}]`, the keys that prove documents, as Multikeys.
    package var proofKeys: String?
    /// Whether its own server hides it.
    package var isSuspended = false
    package var statusesCount = 0
    package var followersCount = 0
    package var followingCount = 0
    package var lastStatusAt: Timestamp?
    package var createdAt: Timestamp
    /// When the document was last read; 1970 for somebody who is only known by name.
    package var fetchedAt = Timestamp(milliseconds: 0)

    package init(uri: String, username: String, domain: String?, createdAt: Timestamp) {
        self.uri = uri
        self.username = username
        self.domain = domain
        self.createdAt = createdAt
    }

    /// `name` for the owner, `name@host` for everybody else.
    package var acct: String { domain.map { "\(username)@\($0)" } ?? username }
    package var isLocal: Bool { domain == nil }
}

/// Table `actors`.
package enum Actors {
    package static func id(forURI uri: String, in snapshot: Snapshot) throws -> ActorID? {
        try snapshot.db.first(
            "SELECT id FROM actors WHERE uri_hash = ? AND uri = ?", URIHash.of(uri), uri
        ) { ActorID($0.int64(0)) }
    }

    package static func find(uri: String, in snapshot: Snapshot) throws -> Actor? {
        try snapshot.db.first(
            """
            SELECT a.id, a.uri, a.username, a.domain, a.kind, a.name, a.summary, a.url, a.avatar, a.header, a.fields,
                   a.emojis, a.locked, a.discoverable, a.indexable, a.moved_to, a.statuses_count, a.followers_count,
                   a.following_count, a.last_status_at, a.created_at, a.fetched_at, a.key_id, a.key_pem,
                   a.followers_uri, i.url, s.url, a.also_known_as, a.outbox_uri, a.featured_uri, a.proof_keys,
                   a.suspended
            FROM actors a LEFT JOIN inboxes i ON i.id = a.inbox LEFT JOIN inboxes s ON s.id = a.shared_inbox
            WHERE a.uri_hash = ? AND a.uri = ?
            """, URIHash.of(uri), uri, map: whole)
    }

    package static func find(_ id: ActorID, in snapshot: Snapshot) throws -> Actor? {
        try snapshot.db.first(
            """
            SELECT a.id, a.uri, a.username, a.domain, a.kind, a.name, a.summary, a.url, a.avatar, a.header, a.fields,
                   a.emojis, a.locked, a.discoverable, a.indexable, a.moved_to, a.statuses_count, a.followers_count,
                   a.following_count, a.last_status_at, a.created_at, a.fetched_at, a.key_id, a.key_pem,
                   a.followers_uri, i.url, s.url, a.also_known_as, a.outbox_uri, a.featured_uri, a.proof_keys,
                   a.suspended
            FROM actors a LEFT JOIN inboxes i ON i.id = a.inbox LEFT JOIN inboxes s ON s.id = a.shared_inbox
            WHERE a.id = ?
            """, id, map: whole)
    }

    /// Somebody by handle; `domain` is nil for the owner. The name is compared without case.
    package static func find(username: String, domain: String?, in snapshot: Snapshot) throws -> Actor? {
        try snapshot.db.first(
            """
            SELECT id FROM actors WHERE username = ? COLLATE NOCASE AND domain IS ? ORDER BY fetched_at DESC LIMIT 1
            """, username, domain
        ) { ActorID($0.int64(0)) }.flatMap { try find($0, in: snapshot) }
    }

    /// Those with these ids, without keys and inboxes, which a timeline does not need.
    package static func find(_ ids: some Sequence<ActorID>, in snapshot: Snapshot) throws -> [ActorID: Actor]
    {
        let found = try snapshot.db.all(
            """
            SELECT id, uri, username, domain, kind, name, summary, url, avatar, header, fields, emojis, locked,
                   discoverable, indexable, moved_to, statuses_count, followers_count, following_count,
                   last_status_at, created_at, fetched_at, suspended
            FROM actors WHERE id IN (SELECT value FROM json_each(?))
            """, ids.asJSON(), map: listed)
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The key that this actor is known to sign with, and when it was read.
    package static func key(
        ofURI uri: String, in snapshot: Snapshot
    ) throws -> (id: ActorID, keyID: String, pem: String, fetchedAt: Timestamp)? {
        try snapshot.db.first(
            "SELECT id, key_id, key_pem, fetched_at FROM actors WHERE uri_hash = ? AND uri = ? AND key_pem IS NOT NULL",
            URIHash.of(uri), uri
        ) {
            (ActorID($0.int64(0)), $0.text(1), $0.text(2), Timestamp(milliseconds: $0.int64(3)))
        }
    }

    /// Writes what the actor's document says, keeping the id of somebody who is known already.
    ///
    /// An inbox that cannot be delivered to is as good as none.
    package static func save(_ actor: Actor, in tx: Transaction) throws -> ActorID {
        let inbox = try actor.inbox.flatMap {
            try Inboxes.authority(of: $0) == nil ? nil : Inboxes.id(of: $0, in: tx)
        }
        let shared = try actor.sharedInbox.flatMap {
            try Inboxes.authority(of: $0) == nil ? nil : Inboxes.id(of: $0, in: tx)
        }
        var emojis = actor.emojis
        if !actor.pictures.isEmpty, let host = Inboxes.authority(of: actor.uri) {
            emojis = try Emojis.keep(actor.pictures.map { ($0.shortcode, $0.url) }, of: host, in: tx)
        }
        let known = try id(forURI: actor.uri, in: tx)
        let id = known ?? ActorID(IDs.next(at: .current()))
        if known == nil {
            try tx.db.run(
                "INSERT INTO actors (id, uri_hash, uri, username, domain, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                id, URIHash.of(actor.uri), actor.uri, actor.username, actor.domain,
                actor.createdAt.milliseconds)
        }
        try tx.db.run(
            """
            UPDATE actors SET username = ?, domain = CASE WHEN fetched_at > 0 THEN domain ELSE ? END, kind = ?, name = ?, summary = ?, url = ?, inbox = ?,
                shared_inbox = ?, followers_uri = ?, key_id = ?, key_pem = ?, avatar = ?, header = ?, fields = ?,
                emojis = ?, locked = ?, discoverable = ?, indexable = ?, moved_to = ?, also_known_as = ?, outbox_uri = ?,
                featured_uri = ?, proof_keys = ?, suspended = ?, created_at = ?, fetched_at = ?
            WHERE id = ?
            """,
            actor.username, actor.domain, actor.kind.rawValue, actor.name, actor.summary, actor.url, inbox,
            shared,
            actor.followersURI, actor.keyID, actor.keyPEM, actor.avatar, actor.header, actor.fields,
            emojis,
            actor.locked, actor.discoverable, actor.indexable, actor.movedTo,
            actor.alsoKnownAs.isEmpty ? nil : actor.alsoKnownAs.joined(separator: "\n"), actor.outboxURI,
            actor.featuredURI, actor.proofKeys, actor.isSuspended, actor.createdAt.milliseconds,
            actor.fetchedAt.milliseconds, id)
        try PeopleIndex.note(id, in: tx)
        return id
    }

    /// The id of somebody of whom only a mention was seen, made up when new.
    package static func stub(
        uri: String, username: String, domain: String, url: String?, at now: Timestamp, in tx: Transaction
    ) throws -> ActorID {
        if let known = try id(forURI: uri, in: tx) { return known }
        let id = ActorID(IDs.next(at: now))
        try tx.db.run(
            "INSERT INTO actors (id, uri_hash, uri, username, domain, url, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            id, URIHash.of(uri), uri, username, domain, url, now.milliseconds)
        try PeopleIndex.note(id, in: tx)
        return id
    }

    /// Moves the numbers that a profile shows. Only the owner's are counted here.
    package static func count(
        _ id: ActorID, statuses: Int = 0, followers: Int = 0, following: Int = 0,
        lastStatusAt: Timestamp? = nil,
        in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE actors SET statuses_count = max(0, statuses_count + ?),
                followers_count = max(0, followers_count + ?), following_count = max(0, following_count + ?),
                last_status_at = ifnull(?, last_status_at) WHERE id = ?
            """, statuses, followers, following, lastStatusAt?.milliseconds, id)
        // A crowd of new followers is not the owner's doing.
        if statuses != 0 || following != 0 { tx.announce(.owner) }
    }

    static func shown(_ row: borrowing Row) -> Actor {
        var actor = Actor(
            uri: row.text(1), username: row.text(2), domain: row.textOrNil(3),
            createdAt: Timestamp(milliseconds: row.int64(20)))
        actor.id = ActorID(row.int64(0))
        actor.kind = Actor.Kind(rawValue: row.int(4)) ?? .person
        actor.name = row.text(5)
        actor.summary = row.text(6)
        actor.url = row.textOrNil(7)
        actor.avatar = row.textOrNil(8)
        actor.header = row.textOrNil(9)
        actor.fields = row.textOrNil(10)
        actor.emojis = row.textOrNil(11)
        actor.locked = row.bool(12)
        actor.discoverable = row.bool(13)
        actor.indexable = row.bool(14)
        actor.movedTo = row.textOrNil(15)
        actor.statusesCount = row.int(16)
        actor.followersCount = row.int(17)
        actor.followingCount = row.int(18)
        actor.lastStatusAt = row.int64OrNil(19).map { Timestamp(milliseconds: $0) }
        actor.fetchedAt = Timestamp(milliseconds: row.int64(21))
        return actor
    }

    static func listed(_ row: borrowing Row) -> Actor {
        var actor = shown(row)
        actor.isSuspended = row.bool(22)
        return actor
    }

    private static func whole(_ row: borrowing Row) -> Actor {
        var actor = shown(row)
        actor.keyID = row.textOrNil(22)
        actor.keyPEM = row.textOrNil(23)
        actor.followersURI = row.textOrNil(24)
        actor.inbox = row.textOrNil(25)
        actor.sharedInbox = row.textOrNil(26)
        actor.alsoKnownAs = row.text(27).split(separator: "\n").map(String.init)
        actor.outboxURI = row.textOrNil(28)
        actor.featuredURI = row.textOrNil(29)
        actor.proofKeys = row.textOrNil(30)
        actor.isSuspended = row.bool(31)
        return actor
    }
}

extension Actors {
    /// Shows somebody under the host that WebFinger confirmed.
    package static func setDomain(_ id: ActorID, _ domain: String, in tx: Transaction) throws {
        try tx.db.run("UPDATE actors SET domain = ? WHERE id = ?", domain, id)
        try PeopleIndex.note(id, in: tx)
    }
}
