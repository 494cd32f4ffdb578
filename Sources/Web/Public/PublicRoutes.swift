import Federation
import HTTP
import Storage

/// The addresses that anybody may open. Nobody's cookie reaches them, so what they show is the same for everybody.
extension WebPages {
    var publicRoutes: [Route] { openRoutes.map(refusing) }

    private var openRoutes: [Route] {
        [
            Route(.get, "/") { _ in Response.redirect(.found, to: identity.profile) },
            Route(.get, "/@:name", handle: profile),
            Route(.get, "/@:name/:id", handle: status),
            Route(.get, "/@:name/:id/embed", handle: embed),
            Route(.get, "/tags/:name", handle: tag),
            oEmbedRoute,
        ]
            + [ProfileTab.replies, .media].map { tab in
                Route(.get, "/@:name" + tab.rawValue) { try await profileTab(tab, $0) }
            } + feedRoutes + interactRoutes + aboutRoutes + crawlerRoutes
    }

    /// What the API has against a wish is answered with a page that says so.
    private func refusing(_ route: Route) -> Route {
        var route = route
        let handle = route.handle
        route.handle = { request in
            do {
                return try await handle(request)
            } catch let refusal as Refusal {
                return refused(refusal.status, request)
            }
        }
        return route
    }

    private func profile(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
        if Negotiation.wantsDocument(request) {
            return try await documents.owner(for: request)
        }
        return try await profileTab(.posts, request)
    }

    private func profileTab(_ tab: ProfileTab, _ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return notFound(request) }
        return try await everybody(request, at: "/@\(identity.username)\(tab.rawValue)") { request in
            guard let page = try await profilePage(tab, request) else { return notFound(request) }
            return layout.response(page, to: request)
        }
    }

    private func status(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]),
            let id = request.parameters["id"].flatMap({ StatusID($0) })
        else { return notFound(request) }
        if Negotiation.wantsDocument(request) { return try await objects.document(id, for: request) }
        return try await everybody(request, at: "/@\(identity.username)/\(id)", knowing: ["min_id"]) {
            request in
            switch try await statusPage(id, request) {
            case .page(let page): layout.response(page, to: request)
            case .elsewhere(let address): .redirect(.found, to: address)
            case .gone:
                layout.notice(.gone, "This \(layout.words[.post]) was deleted", "Its author took it back.")
            case .nothing: notFound(request)
            }
        }
    }

    private func embed(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]),
            let id = request.parameters["id"].flatMap({ StatusID($0) })
        else { return notFound(request) }
        return try await everybody(request, at: "/@\(identity.username)/\(id)/embed", knowing: []) {
            request in
            guard let page = try await embedPage(id, request) else { return notFound(request) }
            return layout.response(page, to: request)
        }
    }

    private func tag(_ request: Request) async throws -> Response {
        guard let name = tagName(request) else { return notFound(request) }
        return try await everybody(request, at: "/tags/\(PercentCoding.encodeSegment(name))") { request in
            guard let page = try await tagPage(name, request) else { return notFound(request) }
            return layout.response(page, to: request)
        }
    }
}
