import Basics
import Crypto
import Federation
package import HTTP
import Storage

/// What came of wanting another password.
package enum PasswordChange: Sendable {
    /// It is set; so many other sessions and apps were ended, and the browser keeps this secret from now on.
    case done(ended: Int, secret: String)
    case wrong
    /// The new one has fewer characters than `PasswordHash.shortest`, or is too long to be kept.
    case unfit(String)
    /// Too many wrong passwords came from there; how long to wait.
    case tooMany(Duration)
}

extension ClientAPI {
    /// Sets a new password for whoever knows the old one, and ends every session and app but `session`, which gets
    /// another secret.
    ///
    /// Wrong attempts are counted together with those of signing in.
    ///
    /// - Throws: `StoreError`; `WorkerOverloaded` when too many passwords are being checked.
    package func changePassword(
        from old: String, to new: String, keeping session: Int64, for request: Request
    ) async throws -> PasswordChange {
        let now = clock.now()
        guard !failedSignIns.isSpent(request.peer, at: now) else { return .tooMany(limits.signInWindow) }
        guard new.count >= PasswordHash.shortest else {
            return .unfit("A password needs at least \(PasswordHash.shortest) characters.")
        }
        // As many as are looked at when somebody signs in.
        guard new.utf8.count <= 1_024 else { return .unfit("That password is too long.") }
        guard let known = try await knownPassword(old, for: request) else { return .wrong }
        let hash = try await worker.run { Result { try PasswordHash.make(new) } }.get()
        let secret = RandomBytes.token(bytes: 32)
        let ended = try await store.write { tx -> Int? in
            guard try known.isSet(in: tx), var owner = try Owner.load(in: tx) else { return nil }
            owner.password = hash
            try owner.save(in: tx)
            try BrowserSessions.renew(session, digest: Digest.sha256(secret.utf8), in: tx)
            return try OAuthTokens.removeAll(but: session, in: tx)
        }
        guard let ended else { return .wrong }
        log.notice(
            "The owner changed the password", ["peer": request.peer, "request": request.id, "ended": ended])
        return .done(ended: ended, secret: secret)
    }

    /// Whether this is the owner's password, asked again before something that cannot be undone. A wrong one counts.
    package func knowsPassword(_ password: String, for request: Request) async throws -> Bool {
        try await knownPassword(password, for: request) != nil
    }

    private func knownPassword(_ password: String, for request: Request) async throws -> KnownPassword? {
        let now = clock.now()
        guard !failedSignIns.isSpent(request.peer, at: now) else { return nil }
        if let known = try await knownPassword(name: identity.username, password: password) { return known }
        failedSignIns.count(request.peer, at: now)
        log.notice("A wrong password was given", ["peer": request.peer, "request": request.id])
        return nil
    }
}
