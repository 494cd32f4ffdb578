import Basics
import Crypto
import Federation
package import HTTP
import Storage

/// What came of wanting another password.
package enum PasswordChange: Sendable {
    /// It is set; so many other sessions and apps were ended.
    case done(ended: Int)
    case wrong
    /// The new one has fewer characters than `PasswordHash.shortest`, or is too long to be kept.
    case unfit(String)
    /// Too many wrong passwords came from there; how long to wait.
    case tooMany(Duration)
}

extension ClientAPI {
    /// Sets a new password for whoever knows the old one, and ends every session and app but `session`.
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
        guard try await knowsPassword(old, for: request) else { return .wrong }
        let hash = try await worker.run { Result { try PasswordHash.make(new) } }.get()
        let ended = try await store.write { tx -> Int in
            guard var owner = try Owner.load(in: tx) else { throw APIError.notFound }
            owner.password = hash
            try owner.save(in: tx)
            return try OAuthTokens.removeAll(but: session, in: tx)
        }
        log.notice(
            "The owner changed the password", ["peer": request.peer, "request": request.id, "ended": ended])
        return .done(ended: ended)
    }

    /// Whether this is the owner's password, asked again before something that cannot be undone. A wrong one counts.
    package func knowsPassword(_ password: String, for request: Request) async throws -> Bool {
        let now = clock.now()
        guard !failedSignIns.isSpent(request.peer, at: now) else { return false }
        if try await isOwner(name: identity.username, password: password) { return true }
        failedSignIns.count(request.peer, at: now)
        log.notice("A wrong password was given", ["peer": request.peer, "request": request.id])
        return false
    }
}
