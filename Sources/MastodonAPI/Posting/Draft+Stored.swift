import HTTP
import JSON
import Storage

extension Draft {
    /// The draft as apps see one that waits, from which `Parameters(stored:)` makes the same draft again,
    /// <https://docs.joinmastodon.org/entities/ScheduledStatus/#params>. What was left open is in it as it was decided.
    func stored(app: Int64?) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("text", source)
            writer.field("visibility", StatusEntity.name(of: visibility))
            writer.field("sensitive", sensitive)
            writer.field("spoiler_text", spoiler)
            writer.field("language", language)
            // A number, unlike every other id: so Mastodon has it.
            writer.field("in_reply_to_id", parent?.value)
            writer.field("quoted_status_id", quoted?.description)
            writer.field("quote_approval_policy", policyName)
            writer.field("content_type", format.rawValue)
            if media.isEmpty {
                writer.null("media_ids")
            } else {
                writer.field("media_ids", media.map(\.description))
            }
            if let poll { poll.write(as: "poll", to: &writer) } else { writer.null("poll") }
            if let allowedMentions {
                writer.field("allowed_mentions", allowedMentions.sorted().map(\.description))
            }
            writer.field("application_id", app ?? 0)
            writer.null("scheduled_at")
            writer.null("idempotency")
            writer.field("with_rate_limit", false)
        }
        return writer.bytes
    }

    private var policyName: String {
        guard let quoters else { return QuotePolicy.everybody.name }
        return quoters.isEmpty
            ? QuotePolicy.nobody.name
            : quoters.contains(.everybody) ? QuotePolicy.everybody.name : QuotePolicy.followers.name
    }
}

extension Parameters {
    /// What `Draft.stored` wrote. What is damaged is empty, which nothing can be posted from.
    init(stored json: String) {
        guard case .map(let members)? = try? Parameters.json(Array(json.utf8)) else {
            self.init()
            return
        }
        self.init(body: .map(members.map { ($0.0 == "text" ? "status" : $0.0, $0.1) }), query: nil)
    }
}
