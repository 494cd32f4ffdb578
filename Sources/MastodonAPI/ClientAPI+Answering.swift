import Basics
import Federation
import HTTP
import JSON
import Storage

/// Answers that many endpoints give.
extension ClientAPI {
    func loader(for call: Call) -> EntityLoader { loader(for: call.isOwner ? .owner : .anybody) }

    func loader(for viewer: Viewer) -> EntityLoader {
        EntityLoader(
            identity: identity, viewer: viewer, filters: filters, now: clock.now(),
            wantPreviews: wantPreviews)
    }

    /// The owner's public side.
    func owner() throws -> Actor {
        guard let owner = try store.read({ try Actors.find(identity.owner, in: $0) }) else {
            preconditionFailure("a store without its owner is not served")
        }
        return owner
    }

    /// One post. 404 when it is not there or the caller may not see it.
    func status(_ id: StatusID, for call: Call) throws -> Response {
        try store.read { snapshot in
            let batch = try loader(for: call).statuses([id], in: snapshot)
            guard batch.isVisible(id), isShown(batch.statuses[id], to: call) else {
                throw APIError.notFound
            }
            var entity = StatusEntity(batch)
            return .json(capacity: 4_096) { writer in entity.write(id, to: &writer) }
        }
    }

    /// Whether the caller may ask for this post by its id. Visitors see the owner's open posts, and others' only in
    /// the conversations of those.
    func isShown(_ status: Storage.Status?, to call: Call) -> Bool {
        guard let status else { return false }
        return call.isOwner || status.visibility.isOpen && status.actor == identity.owner
    }

    /// A list of posts as they come from a timeline, blocked and muted people left out, and what `isAsked`
    /// refuses.
    func timeline(
        _ ids: [StatusID], for call: Call, in snapshot: Snapshot,
        where isAsked: (Storage.Status, StatusBatch) -> Bool = { _, _ in true }
    ) throws -> Response {
        guard !ids.isEmpty else { return .emptyList }
        let batch = try loader(for: call).statuses(ids, in: snapshot)
        let wanted = ids.filter { id in
            batch.statuses[id].map { batch.isWanted($0) && isAsked($0, batch) } ?? false
        }
        return list(wanted, batch)
    }

    /// A list of posts that the owner chose; only what cannot be shown is left out.
    func chosen(_ ids: [StatusID], for call: Call, in snapshot: Snapshot) throws -> Response {
        guard !ids.isEmpty else { return .emptyList }
        let batch = try loader(for: call).statuses(ids, in: snapshot)
        return list(ids.filter(batch.isVisible), batch)
    }

    private func list(_ ids: [StatusID], _ batch: StatusBatch) -> Response {
        var entity = StatusEntity(batch)
        return .json(capacity: ids.count * 3_072 + 2) { writer in
            writer.array { writer in
                for id in ids { entity.write(id, to: &writer) }
            }
        }
    }

    /// One account; 404 when it is not there.
    func account(_ id: ActorID) throws -> Response {
        try store.read { snapshot in
            guard let actor = try Actors.find(id, in: snapshot) else { throw APIError.notFound }
            let successor = try AccountEntity.successors(of: [actor], in: snapshot)[id]
            let owner = id == identity.owner ? try Owner.load(in: snapshot) : nil
            return .json(
                .ok, AccountEntity.json(actor, movedTo: successor, owner: owner, identity))
        }
    }

    /// A list of accounts in this order; unknown ones are left out.
    func accounts(_ ids: [ActorID], in snapshot: Snapshot) throws -> Response {
        guard !ids.isEmpty else { return .emptyList }
        let actors = try Actors.find(ids, in: snapshot)
        let successors = try AccountEntity.successors(of: actors.values, in: snapshot)
        return .json(capacity: ids.count * 1_024 + 2) { writer in
            writer.array { writer in
                for id in ids {
                    guard let actor = actors[id] else { continue }
                    AccountEntity.write(actor, movedTo: successors[id], identity, to: &writer)
                }
            }
        }
    }

    /// A page of accounts whose cursors are rows that only the Link field names.
    func accounts(
        _ rows: [(cursor: Int64, actor: ActorID)], of page: Page, for call: Call, in snapshot: Snapshot
    ) throws -> Response {
        try accounts(rows.map(\.actor), in: snapshot).linked(
            call, identity, first: rows.first?.cursor, last: rows.last?.cursor,
            isFull: rows.count == page.limit,
            newer: .sinceID)
    }
}
