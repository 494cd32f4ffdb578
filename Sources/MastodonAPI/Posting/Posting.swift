import Basics
import Federation
import JSON
import Markup
import Storage

/// Writing the owner's posts: the one way in which they come to be, at once or when their time has come.
///
/// Whoever is mentioned is looked up first (`people`), then everything happens in the caller's transaction.
struct Posting: Sendable {
    let store: Store
    let identity: Identity
    let outbox: Outbox
    let resolver: Resolver
    let clock: Clock
    let limits: APILimits

    /// Those whom a draft mentions.
    ///
    /// - Throws: 422 with the accounts when the app named whom it may mention and the text mentions others.
    func people(of draft: Draft) async throws -> MentionedPeople {
        let people = try await people(among: draft.text.mentions)
        guard let allowed = draft.allowedMentions else { return people }
        let others = people.ids.subtracting(allowed).sorted()
        guard !others.isEmpty else { return people }
        let actors = try store.read { try Actors.find(others, in: $0) }
        var writer = JSONWriter()
        writer.array { writer in
            for actor in others.compactMap({ actors[$0] }) {
                AccountEntity.write(actor, identity, to: &writer)
            }
        }
        var refusal = APIError.unprocessable("Post would be sent to unexpected accounts")
        refusal.details = [("unexpected_accounts", writer.bytes)]
        throw refusal
    }

    /// Stores the post, with what is to be delivered of it.
    ///
    /// - Throws: 404 for a parent or a quoted post that is not there, 422 for a file that is not.
    func publish(
        _ draft: Draft, _ people: MentionedPeople, app: Int64?, at now: Timestamp, in tx: Transaction
    ) throws -> StatusID {
        let id = Statuses.newID(at: now)
        var status = Storage.Status(
            uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: draft.visibility)
        status.url = identity.statusPage(id)
        status.conversation = "\(identity.origin)/contexts/\(id)"
        status.application = app
        fill(&status, from: draft, people)
        let quote = try quote(of: draft, in: tx)
        if let quote { status.visibility = try quote.visibility(asked: draft.visibility, people: people.ids) }
        if let target = try parent(of: draft, in: tx) {
            status.inReplyTo = target.id
            status.inReplyToActor = target.actor
            status.conversation = target.conversation ?? status.conversation
        }
        _ = try Statuses.insert(status, id: id, source: draft.source, in: tx)
        try HomeTimeline.add(id, in: tx)
        try addParts(of: draft, people, to: id, in: tx)
        status.id = id
        if let poll = draft.poll { try Polls.save(try poll.poll(of: status, after: nil, at: now), in: tx) }
        if let quote { try Quotes.save(quote.quote(in: id, at: now), in: tx) }
        try outbox.publish(id, in: tx)
        return id
    }

    /// The post that is answered.
    ///
    /// - Throws: 404 when it is not there.
    func parent(of draft: Draft, in snapshot: Snapshot) throws -> Storage.Status? {
        guard let parent = draft.parent else { return nil }
        guard let found = try Statuses.find(parent, in: snapshot),
            let target = try Statuses.find(found.reblogOf ?? parent, in: snapshot)
        else { throw APIError.notFound }
        return target
    }

    /// - Throws: 404 when it is not there or may not be quoted.
    func quote(of draft: Draft, in snapshot: Snapshot) throws -> QuoteChoice? {
        try draft.quoted.map { try QuoteChoice($0, owner: identity.owner, in: snapshot) }
    }

    func fill(_ status: inout Storage.Status, from draft: Draft, _ people: MentionedPeople) {
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

    func addParts(of draft: Draft, _ people: MentionedPeople, to id: StatusID, in tx: Transaction) throws {
        try MarkdownStatuses.set(draft.format == .markdown, of: id, in: tx)
        for person in people.ids { try Mentions.insert(status: id, actor: person, in: tx) }
        for hashtag in draft.text.hashtags { try Hashtags.insert(hashtag.lowercased(), status: id, in: tx) }
        try checkFiles(of: draft, in: tx)
        for (position, media) in draft.media.enumerated() {
            guard try Attachments.attach(media, to: id, position: position, in: tx) else {
                throw APIError.noSuchFile(media)
            }
        }
    }
}

extension APIError {
    /// For a file that is not there, or that another post has.
    static func noSuchFile(_ id: AttachmentID) -> APIError {
        unprocessable("Media \(id) not found or already attached to another post")
    }
}

extension Storage.Status {
    /// Lets these people quote the post at once, and nobody else.
    mutating func setQuoters(_ people: InteractionRights.People) {
        var rights = rights ?? InteractionRights()
        rights[.quote] = (people, [])
        self.rights = rights
    }
}
