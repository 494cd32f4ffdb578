import Basics
import Crypto
package import HTTP
package import Storage

/// What came of trying to sign in with a browser.
package enum SignIn: Sendable {
    /// The secret that the browser keeps: a token with every scope.
    case session(String)
    case wrong
    /// Too many wrong passwords came from there; how long to wait.
    case tooMany(Duration)
}

extension ClientAPI {
    /// Checks name and password and begins a session of a browser.
    ///
    /// Wrong attempts are counted together with those on the page that lets apps in.
    ///
    /// - Throws: `StoreError`; `WorkerOverloaded` when too many passwords are being checked.
    package func signIn(name: String, password: String, for request: Request) async throws -> SignIn {
        let now = clock.now()
        guard !failedSignIns.isSpent(request.peer, at: now) else { return .tooMany(limits.signInWindow) }
        let secret = RandomBytes.token(bytes: 32)
        let agent = String((request.fields["User-Agent"] ?? "").prefix(limits.browserName))
        guard let known = try await knownPassword(name: name, password: password),
            try await store.write({ tx in
                guard try known.isSet(in: tx) else { return false }
                try BrowserSessions.insert(
                    digest: Digest.sha256(secret.utf8), scopes: ClientAPI.everyScope, agent: agent, at: now,
                    in: tx)
                return true
            })
        else {
            failedSignIns.count(request.peer, at: now)
            log.notice("A sign-in failed", ["peer": request.peer, "request": request.id])
            return .wrong
        }
        log.notice("The owner signed in with a browser", ["peer": request.peer, "request": request.id])
        return .session(secret)
    }

    /// The session of a browser with this secret, which from then on counts as used today.
    package func session(_ secret: String) async throws -> BrowserSessions.Session? {
        let digest = Digest.sha256(secret.utf8)
        guard let session = try store.read({ try BrowserSessions.find(digest: digest, in: $0) }) else {
            return nil
        }
        await noteUse(of: session.id, seenAt: session.usedAt)
        return session
    }

    private static let everyScope = "profile read write follow push"
}
