import ActivityPub
import Storage

/// Somebody does not let the owner follow them, now or any longer.
/// <https://www.w3.org/TR/activitypub/#reject-activity-inbox>
struct InboundReject: InboundActivity {
    static let isHeardFromBlocked = true

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
        guard try answer.follow(context) != nil else { return }
        _ = try Following.remove(context.sender, owner: context.identity.owner, in: context.tx)
        try HomeTimeline.remove(from: context.sender, in: context.tx)
    }
}
