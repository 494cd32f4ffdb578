package import Basics
import SQLite

/// Apps that the owner let in, for the page that ends their access.
extension OAuthApps {
    package struct Connected: Sendable {
        package let id: Int64
        package let name: String
        package let website: String?
        /// Of its newest token.
        package let scopes: String
        package let createdAt: Timestamp
        /// To the day; nil when it was not used since this is noted.
        package let usedAt: Timestamp?
    }

    /// The apps with the owner's tokens, the one let in last first. Browsers' sessions are not among them.
    package static func connected(limit: Int, in snapshot: Snapshot) throws -> [Connected] {
        try snapshot.db.all(
            """
            SELECT oauth_apps.id, name, website, oauth_tokens.scopes, max(oauth_tokens.created_at), max(used_at)
            FROM oauth_tokens JOIN oauth_apps ON oauth_apps.id = app
            WHERE is_owner AND agent IS NULL GROUP BY app ORDER BY max(oauth_tokens.created_at) DESC, app DESC LIMIT ?
            """, limit
        ) { row in
            Connected(
                id: row.int64(0), name: row.text(1), website: row.textOrNil(2), scopes: row.text(3),
                createdAt: Timestamp(milliseconds: row.int64(4)),
                usedAt: row.int64OrNil(5).map { Timestamp(milliseconds: $0) })
        }
    }
}

extension OAuthTokens {
    /// Ends whatever the owner granted this app, codes that it has not used yet among it; browsers' sessions are not an
    /// app's.
    ///
    /// - Returns: how many tokens there were.
    package static func end(app: Int64, in tx: Transaction) throws -> Int {
        try tx.db.run("DELETE FROM oauth_codes WHERE app = ?", app)
        return try ended(
            try tx.db.all(
                "DELETE FROM oauth_tokens WHERE app = ? AND agent IS NULL RETURNING id", app
            ) { $0.int64(0) }, in: tx)
    }

    /// Ends every session and app but this session.
    ///
    /// - Returns: how many there were.
    package static func removeAll(but session: Int64, in tx: Transaction) throws -> Int {
        try tx.db.run("DELETE FROM oauth_codes")
        return try ended(
            try tx.db.all("DELETE FROM oauth_tokens WHERE id <> ? RETURNING id", session) { $0.int64(0) },
            in: tx)
    }

    /// Notes that a token is still in use.
    package static func touch(_ id: Int64, at now: Timestamp, in tx: Transaction) throws {
        try tx.db.run("UPDATE oauth_tokens SET used_at = ? WHERE id = ?", now.milliseconds, id)
    }
}

extension BrowserSessions {
    /// Ends all sessions but this one; apps stay.
    ///
    /// - Returns: how many there were.
    package static func endOthers(than session: Int64, in tx: Transaction) throws -> Int {
        try OAuthTokens.ended(
            try tx.db.all(
                "DELETE FROM oauth_tokens WHERE agent IS NOT NULL AND id <> ? RETURNING id", session
            ) { $0.int64(0) }, in: tx)
    }

    /// Ends those that were not used since `moment`.
    static func endUnused(since moment: Timestamp, in tx: Transaction) throws {
        _ = try OAuthTokens.ended(
            try tx.db.all(
                "DELETE FROM oauth_tokens WHERE agent IS NOT NULL AND used_at < ? RETURNING id",
                moment.milliseconds
            ) { $0.int64(0) }, in: tx)
    }
}

extension OAuthTokens {
    /// What goes with tokens that are gone: what was to be pushed with them, and streams that are open.
    fileprivate static func ended(_ tokens: [Int64], in tx: Transaction) throws -> Int {
        for token in tokens { try PushSubscriptions.remove(token: token, in: tx) }
        tellEnd(of: tokens, in: tx)
        return tokens.count
    }
}
