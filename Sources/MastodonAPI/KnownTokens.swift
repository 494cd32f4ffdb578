import Storage
import Synchronization

/// The tokens that were used last, good until anything is committed: an app shows the same one every time.
final class KnownTokens: Sendable {
    /// Tokens that are kept; an owner has a few apps.
    private static let entries = 16

    private struct State {
        var version: Int64 = 0
        var tokens: [[UInt8]: OAuthTokens.Token] = [:]
    }

    private let state = Mutex(State())

    func token(digest: [UInt8], version: Int64) -> OAuthTokens.Token? {
        state.withLock { $0.version == version ? $0.tokens[digest] : nil }
    }

    /// Keeps a token that was valid when the store was at `version`, or later.
    func keep(_ token: OAuthTokens.Token, digest: [UInt8], version: Int64) {
        state.withLock { state in
            if state.version != version || state.tokens.count >= KnownTokens.entries {
                state = State(version: version)
            }
            state.tokens[digest] = token
        }
    }
}
