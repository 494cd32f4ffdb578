package import Basics
import SQLite

/// Table `oauth_apps`: programs that may ask for access. Their secrets are stored as SHA-256 digests.
package enum OAuthApps {
    package struct App: Sendable {
        package let id: Int64
        package let name: String
        package let website: String?
        /// One a line.
        package let redirectURIs: String
        package let scopes: String
        package let clientID: String
        package let secretDigest: [UInt8]
    }

    package static func insert(
        name: String, website: String?, redirectURIs: String, scopes: String, clientID: String,
        secretDigest: [UInt8], at now: Timestamp, in tx: Transaction
    ) throws -> Int64 {
        try tx.db.run(
            """
            INSERT INTO oauth_apps (name, website, redirect_uris, scopes, client_id, secret_digest, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, name, website, redirectURIs, scopes, clientID, secretDigest, now.milliseconds)
        return tx.db.lastInsertedID
    }

    package static func find(clientID: String, in snapshot: Snapshot) throws -> App? {
        try snapshot.db.first(
            """
            SELECT id, name, website, redirect_uris, scopes, client_id, secret_digest FROM oauth_apps
            WHERE client_id = ?
            """, clientID, map: app)
    }

    package static func find(_ id: Int64, in snapshot: Snapshot) throws -> App? {
        try snapshot.db.first(
            """
            SELECT id, name, website, redirect_uris, scopes, client_id, secret_digest FROM oauth_apps WHERE id = ?
            """, id, map: app)
    }

    package static func count(in snapshot: Snapshot) throws -> Int {
        try snapshot.db.first("SELECT count(*) FROM oauth_apps") { $0.int(0) } ?? 0
    }

    /// Removes apps that nobody ever signed in with and that are older than `moment`, the oldest first.
    package static func removeUnused(before moment: Timestamp, in tx: Transaction) throws {
        try tx.db.run(
            "DELETE FROM oauth_apps WHERE created_at < ? AND id NOT IN (SELECT app FROM oauth_tokens)",
            moment.milliseconds)
    }

    private static func app(_ row: borrowing Row) -> App {
        App(
            id: row.int64(0), name: row.text(1), website: row.textOrNil(2), redirectURIs: row.text(3),
            scopes: row.text(4), clientID: row.text(5), secretDigest: row.blob(6))
    }
}

/// Table `oauth_codes`: what the authorisation page hands out, for one use within ten minutes.
package enum OAuthCodes {
    package struct Code: Sendable {
        package let app: Int64
        package let redirectURI: String
        package let scopes: String
        /// PKCE, S256.
        package let challenge: String?
        package let expiresAt: Timestamp

        package init(
            app: Int64, redirectURI: String, scopes: String, challenge: String?, expiresAt: Timestamp
        ) {
            self.app = app
            self.redirectURI = redirectURI
            self.scopes = scopes
            self.challenge = challenge
            self.expiresAt = expiresAt
        }
    }

    package static func insert(_ code: Code, digest: [UInt8], in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT INTO oauth_codes (digest, app, redirect_uri, scopes, challenge, expires_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, digest, code.app, code.redirectURI, code.scopes, code.challenge, code.expiresAt.milliseconds)
    }

    /// The code, which cannot be used again.
    package static func take(digest: [UInt8], in tx: Transaction) throws -> Code? {
        let code = try tx.db.first(
            "SELECT app, redirect_uri, scopes, challenge, expires_at FROM oauth_codes WHERE digest = ?",
            digest
        ) { row in
            Code(
                app: row.int64(0), redirectURI: row.text(1), scopes: row.text(2), challenge: row.textOrNil(3),
                expiresAt: Timestamp(milliseconds: row.int64(4)))
        }
        if code != nil { try tx.db.run("DELETE FROM oauth_codes WHERE digest = ?", digest) }
        return code
    }
}

/// Table `oauth_tokens`. Only SHA-256 digests are stored; a token itself is shown once.
package enum OAuthTokens {
    package struct Token: Sendable {
        package let id: Int64
        package let app: Int64
        package let scopes: String
        /// False for the token of an app that nobody signed in with.
        package let isOwner: Bool
        /// When it was last used or else made; to the day.
        package let seenAt: Timestamp
    }

    package static func insert(
        digest: [UInt8], app: Int64, scopes: String, isOwner: Bool, at now: Timestamp, in tx: Transaction
    ) throws {
        try tx.db.run(
            "INSERT INTO oauth_tokens (digest, app, scopes, is_owner, created_at) VALUES (?, ?, ?, ?, ?)",
            digest, app, scopes, isOwner, now.milliseconds)
    }

    package static func find(digest: [UInt8], in snapshot: Snapshot) throws -> Token? {
        try snapshot.db.first(
            "SELECT id, app, scopes, is_owner, ifnull(used_at, created_at) FROM oauth_tokens WHERE digest = ?",
            digest
        ) { row in
            Token(
                id: row.int64(0), app: row.int64(1), scopes: row.text(2), isOwner: row.bool(3),
                seenAt: Timestamp(milliseconds: row.int64(4)))
        }
    }

    /// Removes one token of this app, and what was to be pushed with it.
    package static func remove(digest: [UInt8], app: Int64, in tx: Transaction) throws {
        let ended = try tx.db.all(
            "DELETE FROM oauth_tokens WHERE digest = ? AND app = ? RETURNING id", digest, app
        ) { $0.int64(0) }
        for id in ended { try PushSubscriptions.remove(token: id, in: tx) }
        tellEnd(of: ended, in: tx)
    }

    /// Ends every session; returns how many there were.
    package static func removeAll(in tx: Transaction) throws -> Int {
        let ended = try tx.db.all("DELETE FROM oauth_tokens RETURNING id") { $0.int64(0) }
        try tx.db.run("DELETE FROM oauth_codes")
        try PushSubscriptions.removeAll(in: tx)
        tellEnd(of: ended, in: tx)
        return ended.count
    }

    /// Whether a token found earlier is still good.
    package static func contains(_ id: Int64, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM oauth_tokens WHERE id = ?", id)
    }

    /// Whoever reads a stream with one of them is to be sent away.
    static func tellEnd(of tokens: [Int64], in tx: Transaction) {
        if !tokens.isEmpty { tx.tell(.revoked(tokens)) }
    }
}

extension OAuthApps {
    /// Those with these ids (a JSON array): name and website, for the posts made with them.
    package static func names(
        _ ids: some Sequence<Int64>, in snapshot: Snapshot
    ) throws -> [Int64: (name: String, website: String?)] {
        let list = "[" + ids.map { String($0) }.joined(separator: ",") + "]"
        let found = try snapshot.db.all(
            "SELECT id, name, website FROM oauth_apps WHERE id IN (SELECT value FROM json_each(?))", list
        ) { ($0.int64(0), (name: $0.text(1), website: $0.textOrNil(2))) }
        return Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// Removes apps, and their own tokens, that the owner never signed in with and that are older than `moment`.
    package static func removeNeverSignedIn(before moment: Timestamp, in tx: Transaction) throws {
        try tx.db.run(
            """
            DELETE FROM oauth_apps WHERE created_at < ?
                AND id NOT IN (SELECT app FROM oauth_tokens WHERE is_owner UNION SELECT app FROM oauth_codes)
            """, moment.milliseconds)
        try tx.db.run(
            "DELETE FROM oauth_tokens WHERE NOT is_owner AND app NOT IN (SELECT id FROM oauth_apps)")
    }
}

extension OAuthTokens {
    /// Removes the tokens of an app that nobody signed in with.
    package static func removeWithoutOwner(app: Int64, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM oauth_tokens WHERE app = ? AND NOT is_owner", app)
    }
}
