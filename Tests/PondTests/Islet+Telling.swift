import Basics
import Federation
import Storage
import TestSupport

/// More that owners do in stories.
extension Islet {
    /// Asks something that can be answered for an hour.
    @discardableResult
    func ask(
        _ content: String, _ options: [String], isMultiple: Bool = false, for time: Duration = .hours(1)
    ) async throws -> StatusID {
        let now = clock.now()
        return try await compose(content) { id, tx in
            try Polls.save(
                Poll(
                    status: id, isMultiple: isMultiple, endsAt: now + time,
                    options: options.map { Poll.Option(name: $0, votes: 0) }, readAt: now), in: tx)
        }
    }

    /// Posts something about another post, which is shown below it.
    @discardableResult
    func quote(_ quoted: StatusID, _ content: String) async throws -> StatusID {
        let now = clock.now()
        return try await compose(content) { id, tx in
            let uri = try Statuses.find(quoted, in: tx)?.uri ?? ""
            try Quotes.save(
                Quote(status: id, quoted: quoted, quotedURI: uri, state: .pending, checkedAt: now), in: tx)
        }
    }

    /// Posts something whose quotes are let pass, or not, in this way.
    @discardableResult
    func post(
        _ content: String, quotedBy automatic: InteractionRights.People,
        whenAsked manual: InteractionRights.People = []
    ) async throws -> StatusID {
        try await compose(content) { id, tx in
            var rights = InteractionRights()
            rights[.quote] = (automatic, manual)
            try Statuses.setRights(rights, of: id, in: tx)
        }
    }

    /// Posts something that has more than a text.
    @discardableResult
    func compose(
        _ content: String, change: @escaping @Sendable (inout Status) -> Void = { _ in },
        with parts: @escaping @Sendable (StatusID, Transaction) throws -> Void
    ) async throws -> StatusID {
        let now = clock.now()
        return try await store.write { [identity, outbox] tx in
            let id = Statuses.newID(at: now)
            var status = Status(
                uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: .public)
            status.url = identity.statusPage(id)
            status.content = "<p>\(content)</p>"
            change(&status)
            _ = try Statuses.insert(status, id: id, source: content, in: tx)
            try HomeTimeline.add(id, in: tx)
            try parts(id, tx)
            try outbox.publish(id, in: tx)
            return id
        }
    }

    /// The row of this islet's copy of a post.
    func copy(of status: StatusID, from islet: Islet) throws -> Status? {
        try self.status(islet.identity.status(status))
    }

    /// The row of another islet's owner.
    func row(of islet: Islet) throws -> ActorID? { try actor(islet.identity.actor)?.id }

    /// The votes for each option.
    func votes(_ status: StatusID) throws -> [Int] {
        try read { try Polls.find(status, in: $0)?.options.map(\.votes) ?? [] }
    }

    /// How a quote stands.
    func quoteState(_ status: StatusID) throws -> Quote.State? {
        try read { try Quotes.find(status, in: $0)?.state }
    }

    /// Addresses of the posts that somebody pinned.
    func pins(of actor: ActorID) throws -> [String] {
        try read { snapshot in
            try Pins.of(actor, in: snapshot).compactMap { try Statuses.find($0, in: snapshot)?.uri }
        }
    }
}
