import Basics
import HTTP
import JSON
import Markup
import Storage

/// A poll as an app sends it with a post.
struct PollDraft: Sendable {
    let options: [String]
    /// In seconds from now; nil for the end that the poll of the edited post has already.
    let duration: Int?
    let isMultiple: Bool
    /// Whether the numbers are shown only at the end. Other servers have no word for it and show them.
    let hidesTotals: Bool

    /// Nil when there is none.
    ///
    /// - Parameter isEdit: whether `poll[expires_in]` may be `keep`, so that nobody has to count seconds back from an end.
    /// - Throws: 422 in Mastodon's words.
    init?(_ parameters: Parameters, isEdit: Bool, limits: APILimits) throws {
        guard let poll = parameters["poll"] else { return nil }
        options = (poll["options"]?.strings ?? []).map { PlainText.cleaned($0).trimmingSpaces }
            .filter { !$0.isEmpty }
        duration = poll["expires_in"]?.int
        let keepsEnd = isEdit && poll["expires_in"]?.string == "keep"
        guard duration != nil || keepsEnd else {
            if options.isEmpty { return nil }
            throw APIError.invalid("Expires at can't be blank")
        }
        isMultiple = poll["multiple"]?.bool ?? false
        hidesTotals = poll["hide_totals"]?.bool ?? false
        if options.isEmpty { return nil }
        try check(limits)
    }

    private func check(_ limits: APILimits) throws {
        guard options.count > 1 else { throw APIError.invalid("Options must have more than one item") }
        guard options.count <= limits.pollOptions else {
            throw APIError.invalid("Options can't contain more than \(limits.pollOptions) items")
        }
        guard options.allSatisfy({ $0.count <= limits.pollOptionLength }) else {
            throw APIError.invalid(
                "Options cannot be longer than \(limits.pollOptionLength) characters each")
        }
        guard Set(options).count == options.count else {
            throw APIError.invalid("Options contain duplicate items")
        }
        guard let duration else { return }
        guard duration >= limits.pollDuration.lowerBound else {
            throw APIError.invalid("Expires at is too soon")
        }
        guard duration <= limits.pollDuration.upperBound else {
            throw APIError.invalid("Expires at is too far into the future")
        }
    }

    /// The poll of this post, in the place of the one it had.
    ///
    /// Whoever changes what can be chosen begins anew; else the votes stay, and the end too unless another is asked
    /// for.
    ///
    /// - Throws: 422 when an end is to stay that there is not, or that has passed when the vote begins anew.
    func poll(of status: Storage.Status, after old: Poll?, at now: Timestamp) throws -> Poll {
        guard let end = duration.map({ now + .seconds($0) }) ?? old?.endsAt else {
            throw APIError.invalid("Expires at can't be blank")
        }
        var poll = Poll(
            status: status.id, isMultiple: isMultiple, endsAt: end,
            options: options.map { Poll.Option(name: $0, votes: 0) }, readAt: now)
        poll.voters = 0
        poll.hidesTotals = hidesTotals
        guard let old, old.isMultiple == isMultiple, old.options.map(\.name) == options else {
            guard end > now else { throw APIError.invalid("Expires at is too soon") }
            return poll
        }
        poll.options = old.options
        poll.voters = old.voters
        poll.toldAt = old.toldAt
        if let end = old.endsAt, let duration, end == status.createdAt + .seconds(duration) {
            poll.endsAt = end
        }
        // What was hidden until the end cannot be seen in a poll that is over.
        if end <= now { poll.hidesTotals = old.hidesTotals }
        return poll
    }
}

extension PollDraft {
    /// Whether nothing differs that people see of a poll, its numbers aside.
    static func isSame(_ one: Poll?, _ other: Poll?) -> Bool {
        one?.isMultiple == other?.isMultiple && one?.hidesTotals == other?.hidesTotals
            && one?.options.map(\.name) == other?.options.map(\.name)
            && one?.endsAt == other?.endsAt
    }

    /// As apps see it in a post that waits.
    func write(as key: String, to writer: inout JSONWriter) {
        writer.object(key) { writer in
            writer.field("options", options)
            writer.field("expires_in", duration)
            writer.field("multiple", isMultiple)
            writer.field("hide_totals", hidesTotals)
        }
    }

    /// Writes the poll of an edited post, or takes it away. What was voted goes when it no longer fits.
    static func replace(_ old: Poll?, with poll: Poll?, of status: StatusID, in tx: Transaction) throws {
        if let old, poll == nil || poll?.isMultiple != old.isMultiple { try Polls.remove(status, in: tx) }
        if let poll { try Polls.save(poll, in: tx) }
    }
}
