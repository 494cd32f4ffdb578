import ActivityPub
package import HTTP
import JSON
package import Storage

/// The owner's posts at their ids, and what hangs on them.
///
/// Posts that are not for everybody are there only for those who sign and whom they are for.
package struct ObjectEndpoint: Sendable {
    /// Replies on a page.
    private static let repliesOnPage = 40
    /// Posts that are listed of a conversation, and those that are looked through for them.
    private static let mostInConversation = 200
    private static let mostLookedThrough = 4_096

    private let identity: Identity
    private let store: Store
    private let notes: NoteRendering
    private let shield: Shield
    private let gate: FetchGate

    /// - Parameters:
    ///   - shield: keeps the documents of posts.
    ///   - authorizesFetch: whether every reader has to sign.
    ///   - check: finds out who signed; without it nobody did.
    package init(
        identity: Identity, store: Store, shield: Shield, authorizesFetch: Bool = false,
        check: SenderCheck? = nil
    ) {
        self.identity = identity
        self.store = store
        notes = NoteRendering(identity: identity)
        self.shield = shield
        gate = FetchGate(store: store, authorizesFetch: authorizesFetch, check: check)
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/:name/statuses/:id", handle: note),
            Route(.get, "/users/:name/statuses/:id/activity", handle: activity),
            Route(.get, "/users/:name/statuses/:id/replies", handle: replies),
            Route(.get, "/users/:name/statuses/:id/likes", handle: likes),
            Route(.get, "/users/:name/statuses/:id/shares", handle: shares),
            Route(.get, "/contexts/:id", handle: conversation),
        ] + QuoteStampEndpoint(identity: identity, store: store).routes
    }

    private func note(_ request: Request) async throws -> Response {
        guard let id = statusID(of: request) else { return PublicDocument.notFound }
        guard Negotiation.wantsDocument(request) else { return PublicDocument.page(identity.statusPage(id)) }
        return try await document(id, for: request)
    }

    /// The note, 410 with a tombstone when it was deleted, else 404; also what the page's address answers. That there
    /// was a post that was not for everybody is told to nobody.
    package func document(_ id: StatusID, for request: Request) async throws -> Response {
        let reader: FetchGate.Reader
        switch try await gate.admit(request) {
        case .failure(let refusal): return refusal.response
        case .success(let admitted): reader = admitted
        }
        let isSigned = gate.authorizesFetch
        let found = try await shield.answer(.document("status/\(id)"), to: isSigned ? nil : request) {
            try open(id)
        }
        if found.status == .notFound {
            return try await answer(request, id, reader) { try notes.document($0.id, in: $1) }
        }
        guard isSigned, found.status == .ok, case .bytes(let bytes) = found.body else { return found }
        return PublicDocument.signedOnly(bytes)
    }

    /// What everybody gets who may read at all: the note if it is for everybody, what is left of a deleted one, else 404.
    private func open(_ id: StatusID) throws -> Response {
        if let bytes = try render(id) { return PublicDocument(bytes).response() }
        let uri = identity.status(id)
        guard try store.read({ try Tombstones.wasOpen(uri, in: $0) }) else { return PublicDocument.notFound }
        return PublicDocument(tombstone(uri)).response(.gone)
    }

    private func render(_ id: StatusID) throws -> [UInt8]? {
        try store.read { snapshot in
            guard let status = try ownStatus(id, in: snapshot), status.visibility.isOpen,
                status.reblogOf == nil
            else { return nil }
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
    private func activity(_ request: Request) async throws -> Response {
        try await answer(request, statusID(of: request)) { status, snapshot in
            try SentActivity(identity: identity).document(status, in: snapshot)
        }
    }

    private func replies(_ request: Request) async throws -> Response {
        var isPage = false
        var cursor: StatusID?
        for (name, value) in request.target.queryItems() {
            if name == "page" { isPage = true }
            if name == "min_id" { cursor = StatusID(value) }
        }
        let id = statusID(of: request)
        if let id, !gate.authorizesFetch {
            let place = isPage ? "page/\(cursor?.value ?? 0)" : ""
            let answer = try await shield.answer(.document("replies/\(id)/\(place)"), to: request) {
                [isPage, cursor] in
                let bytes = try store.read { snapshot in
                    try ownStatus(id, in: snapshot).flatMap { status in
                        try status.visibility.isOpen
                            ? replies(to: status, isPage: isPage, after: cursor, in: snapshot) : nil
                    }
                }
                return bytes.map { PublicDocument($0).response() } ?? PublicDocument.notFound
            }
            if answer.status != .notFound { return answer }
        }
        return try await self.answer(request, id) { [isPage, cursor] status, snapshot in
            try replies(to: status, isPage: isPage, after: cursor, in: snapshot)
        }
    }

    private func replies(
        to status: Storage.Status, isPage: Bool, after cursor: StatusID?, in snapshot: Snapshot
    ) throws -> [UInt8] {
        let most = ObjectEndpoint.repliesOnPage
        let found = try Statuses.openReplies(
            to: status.id, after: cursor ?? StatusID(0), limit: most, in: snapshot)
        return RepliesDocument(
            id: status.uri + "/replies", after: cursor, items: found.map(\.uri),
            next: found.count == most ? found.last?.id : nil
        ).bytes(isPage: isPage)
    }

    private func likes(_ request: Request) async throws -> Response {
        try await answer(request, statusID(of: request)) { status, snapshot in
            let count = try Favourites.counts(of: "[\(status.id)]", in: snapshot)[status.id] ?? 0
            return Collection.count(id: status.uri + "/likes", total: count)
        }
    }

    private func shares(_ request: Request) async throws -> Response {
        try await answer(request, statusID(of: request)) { status, snapshot in
            let count = try Boosts.counts(of: "[\(status.id)]", in: snapshot)[status.id] ?? 0
            return Collection.count(id: status.uri + "/shares", total: count)
        }
    }

    /// The posts of a conversation that began with this post of the owner's (FEP-7888).
    private func conversation(_ request: Request) async throws -> Response {
        let id = request.parameters["id"].flatMap { StatusID($0) }
        return try await answer(request, id) { status, snapshot in
            let uri = "\(identity.origin)/contexts/\(status.id)"
            // An answer belongs to the conversation of the post that it answers.
            guard status.visibility.isOpen, status.conversation ?? uri == uri else { return nil }
            let ids = try Statuses.descendants(
                of: status.id, limit: ObjectEndpoint.mostLookedThrough, in: snapshot)
            let shown = try Statuses.forEverybody(ids, in: snapshot)
                .prefix(ObjectEndpoint.mostInConversation)
            let found = try Statuses.find(shown, in: snapshot)
            let open = shown.compactMap { found[$0] }
            var seen = Set<String>()
            return Collection.ordered(
                id: uri, attributedTo: identity.actor,
                items: ([status.uri] + open.map(\.uri)).filter { seen.insert($0).inserted })
        }
    }

    private func answer(
        _ request: Request, _ id: StatusID?, _ render: (Storage.Status, Snapshot) throws -> [UInt8]?
    ) async throws -> Response {
        switch try await gate.admit(request) {
        case .failure(let refusal): return refusal.response
        case .success(let reader): return try await answer(request, id, reader, render)
        }
    }

    /// Answers with what `render` makes of a post of the owner's, if the reader may see it.
    private func answer(
        _ request: Request, _ id: StatusID?, _ reader: FetchGate.Reader,
        _ render: (Storage.Status, Snapshot) throws -> [UInt8]?
    ) async throws -> Response {
        guard let id, let status = try store.read({ try ownStatus(id, in: $0) }) else {
            return PublicDocument.notFound
        }
        var reader = reader
        let isOpen = status.visibility.isOpen
        if !isOpen, !gate.authorizesFetch {
            // That there is such a post is told to nobody else.
            guard case .success(let signer) = try await gate.signer(of: request) else {
                return PublicDocument.notFound
            }
            reader = signer
        }
        let bytes = try store.read { snapshot in
            try gate.maySee(status, reader, in: snapshot) ? render(status, snapshot) : nil
        }
        guard let bytes else { return PublicDocument.notFound }
        return isOpen && !gate.authorizesFetch
            ? PublicDocument(bytes).response(to: request) : PublicDocument.signedOnly(bytes)
    }

    private func statusID(of request: Request) -> StatusID? {
        guard identity.isOwner(request.parameters["name"]) else { return nil }
        return request.parameters["id"].flatMap { StatusID($0) }
    }

    private func ownStatus(_ id: StatusID, in snapshot: Snapshot) throws -> Storage.Status? {
        guard let status = try Statuses.find(id, in: snapshot), status.actor == identity.owner else {
            return nil
        }
        return status
    }
}
