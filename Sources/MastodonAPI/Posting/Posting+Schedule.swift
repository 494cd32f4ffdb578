import Basics
import HTTP
import Storage

/// Posts for later, <https://docs.joinmastodon.org/methods/scheduled_statuses/>.
extension Posting {
    /// When a post is to be published; nil for at once, which is also what a moment that has passed means.
    ///
    /// - Throws: 422 for what is no moment, or one that comes too soon.
    func moment(in parameters: Parameters, at now: Timestamp) throws -> Timestamp? {
        guard let text = parameters.text("scheduled_at") else { return nil }
        guard let milliseconds = ISO8601.parse(text) else {
            throw APIError.invalid("Scheduled at is invalid")
        }
        let moment = Timestamp(milliseconds: milliseconds)
        guard moment > now else { return nil }
        try check(moment, at: now)
        return moment
    }

    /// - Throws: 422 for a moment that has passed or comes too soon.
    func check(_ moment: Timestamp, at now: Timestamp) throws {
        guard moment >= now + limits.scheduledAhead else {
            throw APIError.invalid("Scheduled at date must be in the future")
        }
    }

    /// Keeps the post with its files until then.
    ///
    /// - Throws: 404 and 422 as for publishing, 422 when too many wait.
    func schedule(
        _ draft: Draft, for moment: Timestamp, app: Int64?, at now: Timestamp, in tx: Transaction
    ) throws -> ScheduledStatusID {
        _ = try parent(of: draft, in: tx)
        _ = try quote(of: draft, in: tx)
        let begin = Timestamp(milliseconds: moment.milliseconds / 86_400_000 * 86_400_000)
        let counts = try ScheduledStatuses.counts(in: begin..<begin + .days(1), in: tx)
        guard counts.all < limits.scheduled else {
            throw APIError.invalid("You have exceeded the limit of \(limits.scheduled) scheduled posts")
        }
        guard counts.ofDay < limits.scheduledOnOneDay else {
            throw APIError.invalid(
                "You have exceeded the limit of \(limits.scheduledOnOneDay) scheduled posts for today")
        }
        let parameters = String(decoding: draft.stored(app: app), as: UTF8.self)
        let id = try ScheduledStatuses.insert(
            ScheduledStatus(at: moment, parameters: parameters, application: app), createdAt: now, in: tx)
        try checkFiles(of: draft, in: tx)
        for (position, media) in draft.media.enumerated() {
            guard try Attachments.reserve(media, for: id, position: position, in: tx) else {
                throw APIError.noSuchFile(media)
            }
        }
        return id
    }

    /// Publishes a post whose time has come. Its row and what becomes of it are one transaction, so that it is neither
    /// lost nor published twice; if it is not there any more, or was moved, nothing happens.
    ///
    /// - Throws: `APIError` when what was fine once is not any more.
    func publish(_ scheduled: ScheduledStatus) async throws {
        guard let owner = try store.read({ try Owner.load(in: $0) }) else { return }
        let draft = try Draft(
            Parameters(stored: scheduled.parameters), defaults: PostDefaults(owner), limits: limits)
        let people = try await people(of: draft)
        let now = clock.now()
        try await store.write { tx in
            guard let waiting = try ScheduledStatuses.find(scheduled.id, in: tx), waiting.at <= now,
                try ScheduledStatuses.take(waiting.id, at: now, in: tx)
            else { return }
            let id = try publish(draft, people, app: scheduled.application, at: now, in: tx)
            try IdempotencyKeys.replace(scheduled.id, with: id, in: tx)
        }
    }
}
