import ActivityPub
import Storage

/// Somebody lets the owner follow them. <https://www.w3.org/TR/activitypub/#accept-activity-inbox>
struct InboundAccept: InboundActivity {
    private let answer: FollowAnswer
    /// A bare id may also be that of a QuoteRequest.
    private let quoteAnswer: InboundQuoteAnswer?

    init?(_ activity: Activity, reading: InboxReading) {
        guard let answer = FollowAnswer(activity, reading: reading) else { return nil }
        self.answer = answer
        quoteAnswer = InboundQuoteAnswer(activity, reading: reading)
    }

    func apply(_ context: InboxContext) throws {
        if let quoteAnswer, try quoteAnswer.quote(context) != nil { return try quoteAnswer.apply(context) }
        if try answer.follow(context) != nil {
            _ = try Following.accept(context.sender, owner: context.identity.owner, in: context.tx)
        } else if try Following.find(context.sender, in: context.tx) == nil, let id = answer.id {
            // The owner has thought better of it, and the other side does not know.
            try context.outbox.undoFollow(id, of: context.sender, in: context.tx)
        }
    }
}
