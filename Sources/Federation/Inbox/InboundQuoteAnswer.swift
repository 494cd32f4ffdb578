import ActivityPub
import JSON
import Storage

/// Somebody answers the owner's wish to quote them, FEP-044f: yes with a stamp, or no, now or later.
struct InboundQuoteAnswer: InboundActivity {
    static let isHeardFromBlocked = true

    /// The id of our QuoteRequest.
    private let request: String?
    /// The post that quotes, where the request came back whole.
    private let quoting: StatusID?
    private let isYes: Bool
    private let stamp: String?

    init?(_ activity: Activity, reading: InboxReading) {
        guard let object = activity.object else { return nil }
        if object.kind == .object, !object.types.isEmpty, !object.has(type: "QuoteRequest") { return nil }
        isYes = activity.type == "Accept"
        // Only the server of the quoted post can give one.
        stamp = activity.result.flatMap { reading.isTheirs($0) ? $0 : nil }
        request = activity.objectID.flatMap { reading.identity.isOwn($0) ? $0 : nil }
        quoting = object["instrument"]?.firstID.flatMap { reading.identity.ownStatus($0) }
        guard request != nil || quoting != nil, !isYes || stamp != nil else { return nil }
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard var quote = try quote(context),
            try Statuses.find(quote.status, in: tx)?.actor == context.identity.owner,
            try isAsked(quote, context), try !isYes || !Blocks.contains(context.sender, in: tx)
        else { return }
        let state: Quote.State = isYes ? .accepted : quote.state == .accepted ? .revoked : .rejected
        guard quote.state != state || quote.authorization != stamp else { return }
        // A refusal is not taken back by an older yes that comes late.
        if isYes, quote.state == .revoked || quote.state == .rejected { return }
        // The stamp may have been deleted on the way here.
        let isGone = try isYes && stamp.map { try Tombstones.contains($0, in: tx) } == true
        quote.state = isGone ? .revoked : state
        quote.authorization = isYes ? stamp : nil
        quote.checkedAt = context.receivedAt
        try Quotes.save(quote, in: tx)
        if isYes && !isGone || quote.state == .revoked { try context.outbox.refresh(quote.status, in: tx) }
    }

    /// What the answer is about; nil when no such request was made.
    func quote(_ context: InboxContext) throws -> Quote? {
        if let request, let quote = try Quotes.find(request: request, in: context.tx) { return quote }
        return try quoting.flatMap { try Quotes.find($0, in: context.tx) }
    }

    /// Whether the sender wrote what is quoted.
    private func isAsked(_ quote: Quote, _ context: InboxContext) throws -> Bool {
        guard let quoted = quote.quoted, let status = try Statuses.find(quoted, in: context.tx) else {
            return ObjectID.sameOrigin(quote.quotedURI, context.senderURI)
        }
        return status.actor == context.sender
    }
}
