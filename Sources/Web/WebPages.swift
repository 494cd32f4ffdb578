package import Federation
package import HTTP
import Markup
package import Storage

/// What a browser sees without signing in: the profile, its posts, and the little around them. No script anywhere.
package struct WebPages: Sendable {
    let store: Store
    let identity: Identity
    let layout: Layout
    private let documents: ActorDocuments
    private let objects: ObjectEndpoint

    /// - Parameters:
    ///   - version: of this program, `1.2.3`.
    ///   - documents: the actor, for those who ask the profile's address for it.
    ///   - objects: the posts, likewise.
    package init(
        store: Store, identity: Identity, version: String, documents: ActorDocuments,
        objects: ObjectEndpoint
    ) {
        self.store = store
        self.identity = identity
        self.documents = documents
        layout = Layout(identity: identity, version: version)
        self.objects = objects
    }

    package var routes: [Route] {
        [
            Route(.get, "/") { _ in Response.redirect(.found, to: identity.profile) },
            Route(.get, "/@:name", handle: profile),
            Route(.get, "/@:name/:id", handle: status),
            Route(.get, "/tags/:name", handle: tag),
            Route(.get, "/authorize_interaction", handle: interaction),
        ] + noticeRoutes + Assets.routes
    }

    /// The answer to a browser that asks for what is not there; a plain sentence for everybody else.
    package func notFound(_ request: Request) -> Response {
        guard request.fields.joined("Accept")?.contains("text/html") == true else {
            return .text(.notFound, "There is nothing here.\n")
        }
        return layout.notice(
            .notFound, "There is nothing here", "The address may be mistyped, or it never existed.")
    }

    private func profile(_ request: Request) throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
        if Negotiation.wantsDocument(request) {
            return try documents.owner()?.response(to: request) ?? PublicDocument.notFound
        }
        let page = PageQuery(request)
        let html = try store.read { try ProfilePage(pages: self, query: page, in: $0)?.html }
        return html.map { layout.response($0, to: request) } ?? notFound(request)
    }

    private func status(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]),
            let id = request.parameters["id"].flatMap({ StatusID($0) })
        else { return notFound(request) }
        if Negotiation.wantsDocument(request) { return try await objects.document(id, for: request) }
        switch try store.read({ try StatusPage.find(id, pages: self, in: $0) }) {
        case .page(let html): return layout.response(html, to: request)
        case .elsewhere(let address): return .redirect(.found, to: address)
        case .gone:
            return layout.notice(.gone, "This post was deleted", "Its author took it back.")
        case .nothing: return notFound(request)
        }
    }

    private func tag(_ request: Request) throws -> Response {
        guard let name = request.parameters["name"]?.lowercased(), 1...400 ~= name.utf8.count else {
            return notFound(request)
        }
        let query = PageQuery(request)
        let html = try store.read { try TagPage(name: name, pages: self, query: query, in: $0).html }
        return layout.response(html, to: request)
    }

    private func interaction(_ request: Request) -> Response {
        let uri = request.target.queryItems().first { $0.0 == "uri" }?.1
        return layout.response(InteractionPage(address: uri, layout: layout).html, to: request)
    }
}

/// Which part of a list a browser asks for: older than one post, or newer.
struct PageQuery {
    static let posts = 20

    let page: Page

    init(_ request: Request) {
        var page = Page(limit: PageQuery.posts)
        for (name, value) in request.target.queryItems() {
            if name == "max_id" { page.maxID = Int64(value) }
            if name == "min_id" { page.minID = Int64(value) }
        }
        self.page = page
    }

    var isFirst: Bool { page.maxID == nil && page.minID == nil }
}
