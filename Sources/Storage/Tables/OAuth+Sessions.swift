package import Basics
import SQLite

/// Sessions of browsers: tokens of the one app that is the pages themselves.
package enum BrowserSessions {
    /// What the pages' own app is found by; no other app has such an id.
    package static let clientID = "pages"

    package struct Session: Sendable {
        package let id: Int64
        /// What the browser called itself when it signed in.
        package let agent: String
        package let createdAt: Timestamp
        /// When it was last seen, to the day.
        package let usedAt: Timestamp
    }

    /// Begins a session, making the app first where there is none.
    ///
    /// - Parameter digest: SHA-256 of the secret that the browser keeps.
    package static func insert(
        digest: [UInt8], scopes: String, agent: String, at now: Timestamp, in tx: Transaction
    ) throws {
        let known = try OAuthApps.find(clientID: clientID, in: tx)?.id
        let app =
            try known
            ?? OAuthApps.insert(
                name: "Web", website: nil, redirectURIs: "", scopes: scopes, clientID: clientID,
                secretDigest: [], at: now, in: tx)
        try OAuthTokens.insert(
            digest: digest, app: app, scopes: scopes, isOwner: true, at: now, in: tx)
        try tx.db.run(
            "UPDATE oauth_tokens SET agent = ?, used_at = ? WHERE digest = ?", agent, now.milliseconds, digest
        )
    }

    /// The session with this secret; nil when it was ended, or is the token of another app.
    package static func find(digest: [UInt8], in snapshot: Snapshot) throws -> Session? {
        try snapshot.db.first(
            "SELECT id, agent, created_at, used_at FROM oauth_tokens WHERE digest = ? AND agent IS NOT NULL",
            digest, map: session)
    }

    /// All of them, the one used last first.
    package static func all(in snapshot: Snapshot) throws -> [Session] {
        try snapshot.db.all(
            """
            SELECT t.id, t.agent, t.created_at, t.used_at FROM oauth_apps a JOIN oauth_tokens t ON t.app = a.id
            WHERE a.client_id = ? AND t.agent IS NOT NULL ORDER BY t.used_at DESC, t.id DESC
            """, clientID, map: session)
    }

    /// Gives the session another secret; whoever has a copy of the old one is out.
    ///
    /// - Parameter digest: SHA-256 of the new secret.
    package static func renew(_ id: Int64, digest: [UInt8], in tx: Transaction) throws {
        try tx.db.run("UPDATE oauth_tokens SET digest = ? WHERE id = ? AND agent IS NOT NULL", digest, id)
        OAuthTokens.tellEnd(of: [id], in: tx)
    }

    private static func session(_ row: borrowing Row) -> Session {
        Session(
            id: row.int64(0), agent: row.text(1), createdAt: Timestamp(milliseconds: row.int64(2)),
            usedAt: Timestamp(milliseconds: row.int64(3)))
    }
}

extension OAuthTokens {
    /// Ends one token, also of an app that is not the one asking.
    package static func end(_ id: Int64, in tx: Transaction) throws {
        guard
            let token = try tx.db.first(
                "SELECT digest, app FROM oauth_tokens WHERE id = ?", id, map: { ($0.blob(0), $0.int64(1)) })
        else { return }
        try remove(digest: token.0, app: token.1, in: tx)
    }
}
