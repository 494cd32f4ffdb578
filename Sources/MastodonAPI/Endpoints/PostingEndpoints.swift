import Basics
import Crypto
import Federation
import HTTP
import JSON
import Markup
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
        guard let key = call.request.fields["Idempotency-Key"], !key.isEmpty else {
            return try status(try await publish(call, key: nil), for: call)
        }
        let digest = Digest.sha256(key.utf8)
        let id = try await postings.alone(digest) {
            let since = clock.now() - .hours(1)
            let made = try store.read { try IdempotencyKeys.status(forDigest: digest, since: since, in: $0) }
            if let made { return made }
            return try await publish(call, key: digest)
        }
        return try status(id, for: call)
    }

    /// Stores the post and what is to be delivered of it in one transaction.
    private func publish(_ call: Call, key: [UInt8]?) async throws -> StatusID {
        guard let owner = try store.read({ try Owner.load(in: $0) }) else { throw APIError.notFound }
        let draft = try Draft(call.parameters, owner: owner, limits: limits)
        let people = try await people(mentionedIn: draft.text)
        try refuseUnexpected(people, draft)
        let app = call.token?.app
        let now = clock.now()
        return try await store.write { tx in
            let id = Statuses.newID(at: now)
            var status = Storage.Status(
                uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: draft.visibility)
            status.url = identity.statusPage(id)
            status.conversation = "\(identity.origin)/contexts/\(id)"
            status.application = app
            fill(&status, from: draft, people)
            let quote = try draft.quoted.map { try QuoteChoice($0, owner: identity.owner, in: tx) }
            if let quote {
                status.visibility = try quote.visibility(asked: draft.visibility, people: people.ids)
            }
            if let parent = draft.parent {
                guard let found = try Statuses.find(parent, in: tx),
                    let target = try Statuses.find(found.reblogOf ?? parent, in: tx)
                else { throw APIError.notFound }
                status.inReplyTo = target.id
                status.inReplyToActor = target.actor
                status.conversation = target.conversation ?? status.conversation
            }
            _ = try Statuses.insert(status, id: id, source: draft.source, in: tx)
            try HomeTimeline.add(id, in: tx)
            try addParts(of: draft, people, to: id, in: tx)
            status.id = id
            if let poll = draft.poll { try Polls.save(poll.poll(of: status, after: nil, at: now), in: tx) }
            if let quote { try Quotes.save(quote.quote(in: id, at: now), in: tx) }
            try outbox.publish(id, in: tx)
            if let key { try IdempotencyKeys.insert(digest: key, status: id, at: now, in: tx) }
            return id
        }
    }

    private func fill(_ status: inout Storage.Status, from draft: Draft, _ people: MentionedPeople) {
        status.content =
            draft.text.html(
                mention: { handle in people[handle].map { ($0.url, $0.username) } },
                hashtag: { TagEntity.url($0.lowercased(), identity) }
            ).text
        status.spoiler = draft.spoiler
        status.sensitive = draft.sensitive
        status.language = draft.language
        if let quoters = draft.quoters { status.setQuoters(quoters) }
    }

    private func addParts(
        of draft: Draft, _ people: MentionedPeople, to id: StatusID, in tx: Transaction
    ) throws {
        for person in people.ids { try Mentions.insert(status: id, actor: person, in: tx) }
        for hashtag in draft.text.hashtags { try Hashtags.insert(hashtag.lowercased(), status: id, in: tx) }
        for (position, media) in draft.media.enumerated() {
            guard try Attachments.attach(media, to: id, position: position, in: tx) else {
                throw APIError.notFound
            }
        }
    }

    /// An app that names whom it may mention is told when the text mentions others.
    private func refuseUnexpected(_ people: MentionedPeople, _ draft: Draft) throws {
        guard let allowed = draft.allowedMentions else { return }
        let others = people.ids.subtracting(allowed)
        guard !others.isEmpty else { return }
        var refusal = APIError.unprocessable("Post would be sent to unexpected accounts")
        let list = try store.read { try accounts(others.sorted(), in: $0) }
        if case .bytes(let json) = list.body { refusal.details = [("unexpected_accounts", json)] }
        throw refusal
    }

    /// PUT replaces the whole: what is not named is gone, for a form cannot say "none".
    private func edit(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        guard var owner = try store.read({ try Owner.load(in: $0) }), let before = try ownStatus(id) else {
            throw APIError.notFound
        }
        // Defaults are for new posts; only the language survives.
        owner.visibility = before.visibility
        owner.sensitive = false
        owner.language = before.language
        let isQuote = try store.read { try Quotes.find(id, in: $0) } != nil
        let draft = try Draft(call.parameters, owner: owner, isQuote: isQuote, limits: limits)
        let people = try await people(mentionedIn: draft.text)
        let changes = MediaChange.list(call.parameters)
        let now = clock.now()
        try await store.write { tx in
            guard var status = try Statuses.find(id, in: tx), status.actor == identity.owner else {
                throw APIError.notFound
            }
            let old = status
            let oldMedia = try Attachments.of("[\(id)]", in: tx)[id] ?? []
            fill(&status, from: draft, people)
            let described = try changes.map { try $0.apply(to: oldMedia, in: tx) }.contains(true)
            let hasNewMedia = described || oldMedia.map(\.id) != draft.media
            let hasNewSource = try Statuses.source(of: id, in: tx) != draft.source
            let oldPoll = try Polls.find(id, in: tx)
            let poll = draft.poll?.poll(of: status, after: oldPoll, at: now)
            let hasNewPoll = !PollDraft.isSame(poll, oldPoll)
            guard hasNewMedia || hasNewSource || hasNewPoll || !status.says(theSameAs: old) else {
                guard status.rights != old.rights else { return }
                try Statuses.setRights(status.rights, of: id, in: tx)
                return try outbox.refresh(id, in: tx)
            }
            try StatusEdits.keep(old, in: tx)
            status.editedAt = now
            try Statuses.update(status, source: draft.source, in: tx)
            if hasNewPoll { try PollDraft.replace(oldPoll, with: poll, of: id, in: tx) }
            let formerly = (try Mentions.of("[\(id)]", in: tx)[id] ?? []).map(\.actor)
            try Mentions.removeAll(of: id, in: tx)
            try Hashtags.removeAll(of: id, in: tx)
            if hasNewMedia { try Attachments.detachAll(from: id, at: now, in: tx) }
            try addParts(of: draft, people, to: id, in: tx)
            try outbox.edit(id, formerly: formerly, in: tx)
        }
        return try status(id, for: call)
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
            let files = try (batch.attachments[id] ?? []).compactMap {
                try Attachments.removeUnattached($0.id, in: tx)
            }
            return (answer, files)
        }
        if !files.isEmpty { try uploads.remove(files) }
        return answer
    }

    private func ownStatus(_ id: StatusID) throws -> Storage.Status? {
        let status = try store.read { try Statuses.find(id, in: $0) }
        return status.flatMap { $0.actor == identity.owner && $0.reblogOf == nil ? $0 : nil }
    }
}

extension Storage.Status {
    /// Lets these people quote the post at once, and nobody else.
    mutating func setQuoters(_ people: InteractionRights.People) {
        var rights = rights ?? InteractionRights()
        rights[.quote] = (people, [])
        self.rights = rights
    }

    /// Whether nothing of what an edit may change differs.
    fileprivate func says(theSameAs other: Storage.Status) -> Bool {
        content == other.content && spoiler == other.spoiler && sensitive == other.sensitive
            && language == other.language
    }
}
