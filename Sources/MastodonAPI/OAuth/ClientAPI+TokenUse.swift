import Basics
import Storage

extension ClientAPI {
    /// Notes once a day that a token is in use, for the list of connected apps.
    func noteUse(of token: OAuthTokens.Token?) async {
        let now = clock.now()
        guard let token, token.isOwner, token.seenAt + .hours(24) <= now else { return }
        do {
            try await store.write { tx in try OAuthTokens.touch(token.id, at: now, in: tx) }
        } catch {
            // What was asked for does not depend on it; it is noted with the next question.
            log.info("the use of a token could not be noted", ["reason": String(describing: error)])
        }
    }
}
