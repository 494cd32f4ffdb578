import JSON
import Storage

/// What a post quotes, as far as it may be shown, <https://docs.joinmastodon.org/entities/Quote/>.
struct ShownQuote {
    let state: StaticString
    /// Only with the consent of its author, and when the reader may see it.
    var quoted: StatusID?

    init(_ state: StaticString, _ quoted: StatusID? = nil) {
        self.state = state
        self.quoted = quoted
    }
}

extension StatusBatch {
    /// Nil when nothing is quoted, or in a way that knows no consent: then the link in the text says it.
    ///
    /// - Parameter isNested: whether the post is itself shown as a quote; then what it quotes need not be loaded.
    func quote(of id: StatusID, isNested: Bool) -> ShownQuote? {
        guard let quote = quotes.quotes[id] else { return nil }
        switch quote.state {
        case .unstated: return nil
        case .pending: return ShownQuote("pending")
        case .rejected: return ShownQuote("rejected")
        case .revoked: return ShownQuote("revoked")
        case .accepted: break
        }
        guard let quoted = quote.quoted else { return ShownQuote("deleted") }
        guard let status = statuses[quoted] else {
            return isNested ? ShownQuote("accepted", quoted) : ShownQuote("deleted")
        }
        guard status.reblogOf == nil, isWanted(status) else { return ShownQuote("unauthorized") }
        return ShownQuote("accepted", quoted)
    }
}
