package import Federation
package import HTTP
import Markup
package import MastodonAPI
package import Storage

/// What a browser sees: pages that anybody may read, and the owner's own under `/home`.
package struct WebPages: Sendable {
    /// Posts on a page that anybody may read.
    static let posts = 20

    let api: ClientAPI
    let store: Store
    let identity: Identity
    let layout: Layout
    /// Takes down what failed for a reason of ours.
    let failed: @Sendable (any Error, Request) -> Void
    private let documents: ActorDocuments
    private let objects: ObjectEndpoint
    /// Keeps the pages that anybody may read.
    let shield: Shield

    /// - Parameters:
    ///   - api: what the pages ask, as an app would; its inner door must be open before the first request.
    ///   - version: of this program, `1.2.3`.
    ///   - documents: the actor, for those who ask the profile's address for it.
    ///   - objects: the posts, likewise.
    ///   - shield: keeps the pages that anybody may read.
    package init(
        api: ClientAPI, store: Store, identity: Identity, version: String, documents: ActorDocuments,
        objects: ObjectEndpoint, shield: Shield,
        failed: @escaping @Sendable (any Error, Request) -> Void = { _, _ in }
    ) {
        self.api = api
        self.store = store
        self.identity = identity
        self.documents = documents
        layout = Layout(
            identity: identity, version: version, appearances: AppearanceMemory(store))
        self.objects = objects
        self.shield = shield
        self.failed = failed
    }

    package var routes: [Route] {
        [
            Route(.get, "/") { _ in Response.redirect(.found, to: identity.profile) },
            Route(.get, "/@:name", handle: profile),
            Route(.get, "/@:name/:id", handle: status),
            Route(.get, "/tags/:name", handle: tag),
            Route(.get, "/authorize_interaction", handle: interaction),
        ] + noticeRoutes + Assets.routes + signInRoutes + readingRoutes + settingsRoutes
    }

    /// The answer to a browser that asks for what is not there; a plain sentence for everybody else.
    package func notFound(_ request: Request) -> Response {
        guard request.fields.joined("Accept")?.contains("text/html") == true else {
            return .text(.notFound, "There is nothing here.\n")
        }
        return layout.notice(
            .notFound, "There is nothing here", "The address may be mistyped, or it never existed.")
    }

    private func profile(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
        if Negotiation.wantsDocument(request) {
            return try await documents.owner(for: request)
        }
        return try await everybody(request, at: "/@\(identity.username)") { request in
            layout.response(try await profilePage(request), to: request)
        }
    }

    private func status(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]),
            let id = request.parameters["id"].flatMap({ StatusID($0) })
        else { return notFound(request) }
        if Negotiation.wantsDocument(request) { return try await objects.document(id, for: request) }
        return try await everybody(request, at: "/@\(identity.username)/\(id)", knowing: []) { request in
            switch try await statusPage(id, request) {
            case .page(let html): layout.response(html, to: request)
            case .elsewhere(let address): .redirect(.found, to: address)
            case .gone: layout.notice(.gone, "This post was deleted", "Its author took it back.")
            case .nothing: notFound(request)
            }
        }
    }

    private func tag(_ request: Request) async throws -> Response {
        guard let name = request.parameters["name"]?.lowercased(), 1...400 ~= name.utf8.count else {
            return notFound(request)
        }
        let path = "/tags/\(PercentCoding.encodeSegment(name))"
        return try await everybody(request, at: path) { request in
            layout.response(try await tagPage(name, request), to: request)
        }
    }

    private func interaction(_ request: Request) -> Response {
        let uri = request.target.queryItems().first { $0.0 == "uri" }?.1
        return layout.response(InteractionPage(address: uri, layout: layout).html, to: request)
    }
}
