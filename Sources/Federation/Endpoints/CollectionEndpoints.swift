import ActivityPub
package import HTTP
import JSON
package import Storage

/// The owner's collections: outbox, followers, following and featured posts, the long ones in pages.
///
/// <https://www.w3.org/TR/activitypub/#collections>
package struct CollectionEndpoints: Sendable {
    private static let postsOnPage = 20
    private static let actorsOnPage = 50

    private let identity: Identity
    private let store: Store
    private let shield: Shield
    private let gate: FetchGate

    /// - Parameters:
    ///   - shield: keeps what is on the way of everybody who hears of the owner, when nobody has to sign for it.
    ///   - authorizesFetch: whether every reader has to sign.
    ///   - check: finds out who signed; without it nobody did.
    package init(
        identity: Identity, store: Store, shield: Shield, authorizesFetch: Bool = false,
        check: SenderCheck? = nil
    ) {
        self.identity = identity
        self.store = store
        self.shield = shield
        gate = FetchGate(store: store, authorizesFetch: authorizesFetch, check: check)
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/:name/outbox", handle: outbox),
            Route(.get, "/users/:name/followers", handle: followers),
            Route(.get, "/users/:name/following", handle: following),
            Route(.get, "/users/:name/collections/featured", handle: featured),
            Route(.get, "/users/:name/collections/tags", handle: featuredTags),
        ] + FollowersSynchronizationEndpoint(identity: identity, store: store, gate: gate).routes
    }

    private func outbox(_ request: Request) async throws -> Response {
        try await answer(request, kept: identity.outbox) { query, snapshot in
            let id = identity.outbox
            guard query.isPage else {
                let total = try Statuses.countOpen(of: identity.owner, in: snapshot)
                return Collection.ordered(
                    id: id, total: total, first: id + "?page=true", last: id + "?page=true&min_id=0")
            }
            return try outboxPage(query, in: snapshot)
        }
    }

    private func outboxPage(_ query: Query, in snapshot: Snapshot) throws -> [UInt8] {
        let page = Page(maxID: query.maxID, minID: query.minID, limit: CollectionEndpoints.postsOnPage)
        let ids = try Statuses.page(of: identity.owner, page, filter: ProfileFilter(), in: snapshot)
        let statuses = try Statuses.find(ids, in: snapshot)
        let sent = SentActivity(identity: identity, isEmbedded: true)
        let documents = try sent.documents(ids.compactMap { statuses[$0] }, in: snapshot)
        let activities = ids.compactMap { documents[$0] }
        let base = identity.outbox + "?page=true"
        let isFull = ids.count == page.limit
        return Collection.page(
            id: query.address(identity.outbox), partOf: identity.outbox,
            next: ids.last.flatMap { isFull || query.minID != nil ? "\(base)&max_id=\($0)" : nil },
            previous: ids.first.map { "\(base)&min_id=\($0)" },
            context: activities.reduce(into: Context()) { $0.formUnion(Context(of: $1)) },
            objects: activities)
    }

    private func followers(_ request: Request) async throws -> Response {
        try await actors(request, id: identity.followers, count: \.followersCount) {
            try Followers.uris($0, in: $1)
        }
    }

    private func following(_ request: Request) async throws -> Response {
        try await actors(request, id: identity.following, count: \.followingCount) {
            try Following.uris($0, in: $1)
        }
    }

    /// A list of actors, or only their number when the owner does not show whom.
    private func actors(
        _ request: Request, id: String, count: KeyPath<Actor, Int>,
        _ rows: (Page, Snapshot) throws -> [(cursor: Int64, uri: String)]
    ) async throws -> Response {
        try await answer(request) { query, snapshot in
            guard let owner = try Owner.load(in: snapshot) else { return nil }
            guard query.isPage else {
                let total = try Actors.find(identity.owner, in: snapshot)?[keyPath: count] ?? 0
                return Collection.ordered(
                    id: id, total: total, first: owner.hidesCollections ? nil : id + "?page=true")
            }
            guard !owner.hidesCollections else { return nil }
            let limit = CollectionEndpoints.actorsOnPage
            let found = try rows(Page(maxID: query.maxID, limit: limit), snapshot)
            let next = found.count == limit ? found.last.map { "\(id)?page=true&max_id=\($0.cursor)" } : nil
            return Collection.page(id: query.address(id), partOf: id, next: next, items: found.map(\.uri))
        }
    }

    /// The newest pin first, as Mastodon has them.
    private func featured(_ request: Request) async throws -> Response {
        try await answer(request, kept: identity.featured) { _, snapshot in
            let ids = try Pins.of(identity.owner, in: snapshot)
            let statuses = try Statuses.find(ids, in: snapshot)
            let open = ids.compactMap { statuses[$0] }.filter { $0.visibility.isOpen }
            return Collection.ordered(id: identity.featured, items: open.map(\.uri))
        }
    }

    private func featuredTags(_ request: Request) async throws -> Response {
        try await answer(request, kept: identity.featuredTags) { _, snapshot in
            let tags = try FeaturedTags.of(identity.owner, in: snapshot)
            return Collection.featuredTags(
                id: identity.featuredTags,
                tags: tags.map { ("#" + $0, identity.hashtag(PercentCoding.encodeSegment($0))) })
        }
    }

    /// - Parameter collection: the address under which the answer is kept; nil to make it each time.
    private func answer(
        _ request: Request, kept collection: String? = nil, _ render: (Query, Snapshot) throws -> [UInt8]?
    ) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return PublicDocument.notFound }
        if case .failure(let refusal) = try await gate.admit(request) { return refusal.response }
        let query = Query(request)
        if let collection, !gate.authorizesFetch {
            let address = query.isPage ? query.address(collection) : collection
            return try await shield.answer(.document(address), to: request) {
                let bytes = try store.read { try render(query, $0) }
                return bytes.map { PublicDocument($0).response() } ?? PublicDocument.notFound
            }
        }
        guard let bytes = try store.read({ try render(query, $0) }) else { return PublicDocument.notFound }
        return gate.authorizesFetch
            ? PublicDocument.signedOnly(bytes) : PublicDocument(bytes).response(to: request)
    }

    /// What a page is asked by.
    private struct Query {
        var isPage = false
        var maxID: Int64?
        var minID: Int64?

        init(_ request: Request) {
            for (name, value) in request.target.queryItems() {
                switch name {
                case "page": isPage = true
                case "max_id": maxID = Int64(value)
                case "min_id": minID = Int64(value)
                default: break
                }
            }
        }

        /// The address of the page, spelled as we spell it.
        func address(_ collection: String) -> String {
            var address = collection + "?page=true"
            if let maxID { address += "&max_id=\(maxID)" }
            if let minID { address += "&min_id=\(minID)" }
            return address
        }
    }
}
