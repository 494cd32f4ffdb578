import Basics
import Storage

extension ClientAPI {
    /// Notes once a day that a token or session is in use, for the lists of apps and browsers.
    ///
    /// - Parameter seenAt: when that was noted last.
    func noteUse(of token: Int64, seenAt: Timestamp) async {
        let now = clock.now()
        guard seenAt + .hours(24) <= now else { return }
        do {
            try await store.write { tx in try OAuthTokens.touch(token, at: now, in: tx) }
        } catch {
            // What was asked for does not depend on it; it is noted with the next question.
            log.info("the use of a token could not be noted", ["reason": String(describing: error)])
        }
    }
}
