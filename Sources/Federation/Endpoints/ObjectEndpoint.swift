import ActivityPub
package import HTTP
import JSON
package import Storage

/// The owner's posts at their ids, and what hangs on them. Only posts that anybody may see.
package struct ObjectEndpoint: Sendable {
    /// Replies that are listed below a post, and posts that are listed of a conversation.
    private static let mostReplies = 200

    private let identity: Identity
    private let store: Store
    private let notes: NoteRendering
    private let documents: NoteDocuments

    package init(identity: Identity, store: Store) {
        self.identity = identity
        self.store = store
        notes = NoteRendering(identity: identity)
        documents = NoteDocuments(store: store)
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/:name/statuses/:id", handle: note),
            Route(.get, "/users/:name/statuses/:id/activity", handle: activity),
            Route(.get, "/users/:name/statuses/:id/replies", handle: replies),
            Route(.get, "/users/:name/statuses/:id/likes", handle: likes),
            Route(.get, "/users/:name/statuses/:id/shares", handle: shares),
            Route(.get, "/contexts/:id", handle: conversation),
        ]
    }

    private func note(_ request: Request) throws -> Response {
        guard let id = statusID(of: request) else { return PublicDocument.notFound }
        guard Negotiation.wantsDocument(request) else { return PublicDocument.page(identity.statusPage(id)) }
        return try document(id, for: request)
    }

    /// The note, 410 with a tombstone when it was deleted, else 404; also what the page's address answers.
    package func document(_ id: StatusID, for request: Request) throws -> Response {
        if let document = try documents.document(id, make: { try render(id) }) {
            return document.response(to: request)
        }
        let uri = identity.status(id)
        guard try store.read({ try Tombstones.contains(uri, in: $0) }) else { return PublicDocument.notFound }
        return PublicDocument(tombstone(uri)).response(to: request, status: .gone)
    }

    private func render(_ id: StatusID) throws -> [UInt8]? {
        try store.read { snapshot in
            guard let status = try openStatus(id, in: snapshot), status.reblogOf == nil else { return nil }
            return try notes.document(id, in: snapshot)
        }
    }

    private func tombstone(_ uri: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            Context().write(to: &$0)
            $0.field("id", uri)
            $0.field("type", "Tombstone")
        }
        return writer.bytes
    }

    /// The Create of a post, or the Announce of a boost.
    private func activity(_ request: Request) throws -> Response {
        try answer(request) { status, snapshot in
            try SentActivity(identity: identity).document(status, in: snapshot)
        }
    }

    private func replies(_ request: Request) throws -> Response {
        try answer(request) { status, snapshot in
            let ids = try Statuses.descendants(of: status.id, limit: ObjectEndpoint.mostReplies, in: snapshot)
            let replies = try Statuses.find(ids, in: snapshot)
            let open = ids.compactMap { replies[$0] }.filter {
                $0.inReplyTo == status.id && $0.visibility.isOpen
            }
            let id = status.uri + "/replies"
            let isPage = request.target.query?.contains("page=true") == true
            return Collection.replies(id: id, items: open.map(\.uri), isPage: isPage)
        }
    }

    private func likes(_ request: Request) throws -> Response {
        try answer(request) { status, snapshot in
            let count = try Favourites.counts(of: "[\(status.id)]", in: snapshot)[status.id] ?? 0
            return Collection.count(id: status.uri + "/likes", total: count)
        }
    }

    private func shares(_ request: Request) throws -> Response {
        try answer(request) { status, snapshot in
            let count = try Boosts.counts(of: "[\(status.id)]", in: snapshot)[status.id] ?? 0
            return Collection.count(id: status.uri + "/shares", total: count)
        }
    }

    /// The posts of a conversation that began with this post of the owner's (FEP-7888).
    private func conversation(_ request: Request) throws -> Response {
        try answer(request, checksName: false) { status, snapshot in
            let ids = try Statuses.descendants(of: status.id, limit: ObjectEndpoint.mostReplies, in: snapshot)
            let found = try Statuses.find(ids, in: snapshot)
            let open = ids.compactMap { found[$0] }.filter { $0.visibility.isOpen }
            return Collection.ordered(
                id: "\(identity.origin)/contexts/\(status.id)", attributedTo: identity.actor,
                items: [status.uri] + open.map(\.uri))
        }
    }

    /// Answers with what `render` makes of an open post of the owner's.
    private func answer(
        _ request: Request, checksName: Bool = true, _ render: (Storage.Status, Snapshot) throws -> [UInt8]?
    ) throws -> Response {
        let id = checksName ? statusID(of: request) : request.parameters["id"].flatMap { StatusID($0) }
        guard let id else { return PublicDocument.notFound }
        let bytes = try store.read { snapshot in
            try openStatus(id, in: snapshot).flatMap { try render($0, snapshot) }
        }
        return bytes.map { PublicDocument($0).response(to: request) } ?? PublicDocument.notFound
    }

    private func statusID(of request: Request) -> StatusID? {
        guard identity.isOwner(request.parameters["name"]) else { return nil }
        return request.parameters["id"].flatMap { StatusID($0) }
    }

    private func openStatus(_ id: StatusID, in snapshot: Snapshot) throws -> Storage.Status? {
        guard let status = try Statuses.find(id, in: snapshot), status.actor == identity.owner,
            status.visibility.isOpen
        else { return nil }
        return status
    }
}
