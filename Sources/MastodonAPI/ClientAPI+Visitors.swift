import Basics
import Federation
package import HTTP

extension ClientAPI {
    /// Where somebody with an account at `host` goes to follow or answer from there: an address with `{uri}` in it.
    ///
    /// Nil when their server does not say, or not in time, or the same visitor asked too often. Only the name is asked
    /// for; it need not exist.
    package func interactionTemplate(
        username: String, host: String, for request: Request
    ) async -> String? {
        let now = clock.now()
        guard !interactions.isSpent(request.peer, at: now) else { return nil }
        interactions.count(request.peer, at: now)
        return await within(limits.searchLookUp, clock) { [resolver] in
            await resolver.interactionTemplate(username: username, host: host)
        }
    }
}
