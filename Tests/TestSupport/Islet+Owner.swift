import Basics
package import Federation
package import Storage

/// What the owner does, as the client API does it.
extension Islet {
    /// Posts something; the people in `mentions` must be known already.
    @discardableResult
    package func post(
        _ content: String, visibility: Visibility = .public, mentions: [ActorID] = [],
        inReplyTo parent: StatusID? = nil
    ) async throws -> StatusID {
        let now = clock.now()
        return try await store.write { [identity, outbox] tx in
            let id = Statuses.newID(at: now)
            var status = Status(
                uri: identity.status(id), actor: identity.owner, createdAt: now, visibility: visibility)
            status.url = identity.statusPage(id)
            status.content = "<p>\(content)</p>"
            if let parent, let found = try Statuses.find(parent, in: tx) {
                status.inReplyTo = found.id
                status.inReplyToActor = found.actor
            }
            _ = try Statuses.insert(status, id: id, source: content, in: tx)
            try HomeTimeline.add(id, in: tx)
            for actor in mentions { try Mentions.insert(status: id, actor: actor, in: tx) }
            try outbox.publish(id, in: tx)
            return id
        }
    }

    /// Changes the text of a post.
    package func edit(_ id: StatusID, _ content: String) async throws {
        let now = clock.now()
        try await store.write { [outbox] tx in
            guard var status = try Statuses.find(id, in: tx) else { return }
            try StatusEdits.keep(status, in: tx)
            status.content = "<p>\(content)</p>"
            status.editedAt = now
            try Statuses.update(status, source: content, in: tx)
            try outbox.edit(id, in: tx)
        }
    }

    /// Does something that the outbox can do.
    @discardableResult
    package func act<Result: Sendable>(
        _ body: @escaping @Sendable (Outbox, Transaction) throws -> Result
    ) async throws -> Result {
        try await store.write { [outbox] tx in try body(outbox, tx) }
    }

    /// Looks somebody up and asks to follow them.
    @discardableResult
    package func follow(_ handle: String) async throws -> ActorID {
        guard let actor = await resolver.account(handle: handle) else { throw NobodyThere(handle: handle) }
        try await act { outbox, tx in try outbox.follow(actor, reblogs: true, notify: false, in: tx) }
        return actor
    }

    /// Whether follows must be accepted by hand.
    package func setLocked(_ isLocked: Bool) async throws {
        try await store.write { [identity] tx in
            guard var owner = try Actors.find(identity.owner, in: tx) else { return }
            owner.locked = isLocked
            _ = try Actors.save(owner, in: tx)
            tx.announce(.owner)
        }
    }

    package struct NobodyThere: Error {
        let handle: String
    }
}
