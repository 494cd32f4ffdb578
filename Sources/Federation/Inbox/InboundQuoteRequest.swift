import ActivityPub
import JSON
import Storage

/// Somebody asks to quote a post of the owner's, FEP-044f. What is answered is decided where the stamps are.
struct InboundQuoteRequest: InboundActivity {
    private let id: String
    private let status: StatusID
    private let quoting: String

    init?(_ activity: Activity, reading: InboxReading) {
        guard let id = activity.id,
            let status = activity.objectID.flatMap({ reading.identity.ownStatus($0) }),
            let quoting = activity.instrument?.firstID, reading.isTheirs(quoting)
        else { return nil }
        self.id = id
        self.status = status
        self.quoting = quoting
    }

    func apply(_ context: InboxContext) throws {
        // Not even a refusal: who may not see it must not learn that it exists.
        guard try context.ownPost(status) != nil else { return }
        try context.outbox.answerQuoteRequest(
            id: id, quoting: quoting, by: context.sender, of: status, in: context.tx)
    }
}
