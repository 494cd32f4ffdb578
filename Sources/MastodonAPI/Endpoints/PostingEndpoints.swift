import Basics
import Crypto
import Federation
import HTTP
import JSON
import Media
import Storage

/// Writing posts, <https://docs.joinmastodon.org/methods/statuses/#create>.
extension ClientAPI {
    var postingEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/v1/statuses", .owner("write:statuses"), post),
            Endpoint(.delete, "/api/v1/statuses/:id", .owner("write:statuses"), deleteStatus),
        ] + Endpoint.update("/api/v1/statuses/:id", .owner("write:statuses"), edit)
    }

    private func post(_ call: Call) async throws -> Response {
        let key = call.request.fields["Idempotency-Key"].flatMap { $0.isEmpty ? nil : Digest.sha256($0.utf8) }
        let (id, isNew) = try await once(key) { try await make(call, key: key) }
        var answer = try answer(id, to: call)
        // Our addition: whoever sends one key with two texts can tell that the second went nowhere.
        if !isNew { answer.fields.append("Idempotent-Replayed", "true") }
        return answer
    }

    /// The `Idempotency-Key` of a form, for `post` and `edit`: one post is made of it at most.
    package static func key(ofDraft draft: String) -> String { drafts + draft }

    private static let drafts = "draft "

    /// Until when it is remembered what was made under the request's key. Apps may use a key again after an hour, as with
    /// Mastodon; a form is sent once, but perhaps by a browser that opens its windows again weeks later.
    private func keyEnd(_ call: Call, from now: Timestamp) -> Timestamp {
        let isOfDraft = call.request.fields["Idempotency-Key"]?.hasPrefix(ClientAPI.drafts) == true
        return now + (isOfDraft ? .days(30) : .hours(1))
    }

    /// What was made under this key while it is remembered, or else what `act` makes. A second request with the same key
    /// waits for the first one; what failed is not remembered. Nil for a request without a key.
    private func once(
        _ key: [UInt8]?, _ act: () async throws -> StatusID
    ) async throws -> (id: StatusID, isNew: Bool) {
        guard let key else { return (try await act(), true) }
        return try await postings.alone(key) {
            let now = clock.now()
            let made = try store.read { try IdempotencyKeys.status(forDigest: key, at: now, in: $0) }
            if let made { return (made, false) }
            return (try await act(), true)
        }
    }

    /// The post, or the one that waits: no two of them have the same id.
    private func answer(_ id: StatusID, to call: Call) throws -> Response {
        let waiting = ScheduledStatusID(id.value)
        let isWaiting = try store.read { try ScheduledStatuses.find(waiting, in: $0) } != nil
        return try isWaiting ? scheduledStatus(waiting) : status(id, for: call)
    }

    /// Publishes the post or keeps it for later, and remembers under which key, in one transaction.
    ///
    /// `scheduled_status_id` names a post that waits and that this one replaces, our addition: so a post that is taken
    /// back to be changed waits until the changed one is there.
    private func make(_ call: Call, key: [UInt8]?) async throws -> StatusID {
        guard let owner = try store.read({ try Owner.load(in: $0) }) else { throw APIError.notFound }
        let draft = try Draft(call.parameters, defaults: PostDefaults(owner), limits: limits)
        let moment = try posting.moment(in: call.parameters, at: clock.now())
        let replaced = try call.parameters.text("scheduled_status_id").map { text in
            guard let id = ScheduledStatusID(text) else { throw APIError.notFound }
            return id
        }
        let people = try await posting.people(of: draft)
        let app = call.token?.app
        let now = clock.now()
        let keyEnd = keyEnd(call, from: now)
        return try await store.write { [posting] tx in
            if let replaced, try !ScheduledStatuses.take(replaced, at: now, in: tx) {
                throw APIError.notFound
            }
            let id: StatusID
            if let moment {
                let waiting = try posting.schedule(draft, for: moment, app: app, at: now, in: tx)
                id = StatusID(waiting.value)
            } else {
                id = try posting.publish(draft, people, app: app, at: now, in: tx)
            }
            if let replaced { try IdempotencyKeys.replace(replaced, with: id, in: tx) }
            if let key { try IdempotencyKeys.insert(digest: key, status: id, until: keyEnd, in: tx) }
            return id
        }
    }

    private func edit(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let key = ClientAPI.editKey(call, id)
        let edited = try await once(key) {
            try await edit(id, call, key: key)
            return id
        }
        return try status(edited.id, for: call)
    }

    /// Tusky sends a key with edits too. Nobody else knows one there, so it counts only for the same edit again.
    private static func editKey(_ call: Call, _ id: StatusID) -> [UInt8]? {
        guard let key = call.request.fields["Idempotency-Key"], !key.isEmpty,
            case .bytes(let body) = call.request.body
        else { return nil }
        return Digest.sha256("PUT \(id) \(call.request.target.query ?? "") \(key) ".utf8 + body)
    }

    /// PUT replaces the whole: what is not named is gone, for a form cannot say "none". `If-Match` with the version in
    /// quotes, `edited_at` or else `created_at`, makes sure that nothing is replaced unseen (RFC 9110 §13.1.1).
    private func edit(_ id: StatusID, _ call: Call, key: [UInt8]?) async throws {
        guard let before = try ownStatus(id) else { throw APIError.notFound }
        let (isQuote, isMarkdown) = try store.read {
            (try Quotes.find(id, in: $0) != nil, try MarkdownStatuses.contains(id, in: $0))
        }
        let defaults = PostDefaults(editing: before, format: isMarkdown ? .markdown : .plain)
        let draft = try Draft(call.parameters, defaults: defaults, isQuote: isQuote, limits: limits)
        let people = try await posting.people(of: draft)
        let changes = try MediaChange.list(call.parameters, limits: limits)
        let version = call.request.fields["If-Match"].map { $0.filter { $0 != "\"" } }
        let now = clock.now()
        let keyEnd = keyEnd(call, from: now)
        try await store.write { [posting] tx in
            try posting.edit(
                id, to: draft, people, describing: changes, replacing: version == "*" ? nil : version,
                at: now,
                in: tx)
            if let key { try IdempotencyKeys.insert(digest: key, status: id, until: keyEnd, in: tx) }
        }
    }

    /// The answer holds the text as typed, so that the app can offer to write it again; the files stay for a
    /// day.
    private func deleteStatus(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let deletesMedia = call.parameters.bool("delete_media") ?? false
        let loader = loader(for: call)
        let (answer, files) = try await store.write { tx -> (Response, [String]) in
            let batch = try loader.statuses([id], in: tx)
            guard batch.isVisible(id), let status = batch.statuses[id], status.actor == identity.owner else {
                throw APIError.notFound
            }
            let source = try Statuses.source(of: id, in: tx) ?? ""
            var entity = StatusEntity(batch)
            let answer = Response.json { writer in entity.write(id, source: source, to: &writer) }
            if let target = status.reblogOf {
                try outbox.unboost(target, in: tx)
                return (answer, [])
            }
            try outbox.delete(id, in: tx)
            guard deletesMedia else { return (answer, []) }
            let files = try (batch.attachments[id] ?? []).flatMap {
                try Attachments.removeUnattached($0.id, in: tx)
            }
            return (answer, files)
        }
        if !files.isEmpty { try await uploads.remove(files) }
        return answer
    }

    private func ownStatus(_ id: StatusID) throws -> Storage.Status? {
        let status = try store.read { try Statuses.find(id, in: $0) }
        return status.flatMap { $0.actor == identity.owner && $0.reblogOf == nil ? $0 : nil }
    }
}
