import ActivityPub
package import Basics
package import HTTP
package import Storage

/// `/.well-known`: how others find the owner by handle (RFC 7033), and what this server says of itself.
package struct WellKnownEndpoints: Sendable {
    private let identity: Identity
    private let store: Store
    private let shield: Shield
    private let version: String
    private let clock: Clock

    /// - Parameters:
    ///   - shield: keeps where the owner is found, which every server asks that hears of them.
    ///   - version: of this program, `1.2.3`.
    package init(identity: Identity, store: Store, shield: Shield, version: String, clock: Clock) {
        self.identity = identity
        self.store = store
        self.shield = shield
        self.version = version
        self.clock = clock
    }

    package var routes: [Route] {
        [
            Route(.get, "/.well-known/webfinger", handle: webFinger),
            Route(.get, "/.well-known/host-meta", handle: hostMeta),
            Route(.get, "/.well-known/host-meta.json", handle: hostMetaJSON),
            Route(.get, "/.well-known/nodeinfo", handle: nodeInfoIndex),
            Route(.get, "/nodeinfo/2.0") { try nodeInfo($0, .v20) },
            Route(.get, "/nodeinfo/2.1") { try nodeInfo($0, .v21) },
        ]
    }

    private func webFinger(_ request: Request) async throws -> Response {
        let text = request.target.queryItems().first { $0.0 == "resource" }?.1
        guard let resource = text.flatMap(WebFinger.resource) else {
            return answer(
                .badRequest, "application/json", Array(#"{"error":"resource is missing or malformed"}"#.utf8))
        }
        switch subject(of: resource) {
        case .owner:
            // Under the face that the request is looked for by the next time.
            let name = "webfinger"
            return try await shield.answer(
                Negotiation.wantsDocument(request) ? .document(name) : .page(name), to: request
            ) {
                let picture = try store.read { try Actors.find(identity.owner, in: $0)?.avatar }.map(
                    identity.picture)
                return answer(
                    .ok, WebFinger.contentType,
                    JRD.document(
                        subject: "acct:\(identity.username)@\(identity.accountDomain)",
                        actor: identity.actor, profile: identity.profile, origin: identity.origin,
                        avatar: picture.map { ($0, PictureType.of($0)) }))
            }
        case .instance:
            return answer(
                .ok, WebFinger.contentType,
                JRD.document(
                    subject: "acct:\(identity.host)@\(identity.host)", actor: identity.instanceActor,
                    profile: identity.origin + "/", origin: nil))
        case nil:
            return answer(.notFound, "application/json", Array(#"{"error":"no such account"}"#.utf8))
        }
    }

    private enum Subject {
        case owner, instance
    }

    /// Whom a resource means. Names are compared without case; the host may be that of the handle or of the server.
    private func subject(of resource: WebFinger.Resource) -> Subject? {
        switch resource {
        case .account(let username, let domain):
            let isOurs = domain == identity.accountDomain.lowercased() || domain == identity.host.lowercased()
            guard isOurs else { return nil }
            if identity.isOwner(username) { return .owner }
            return username.lowercased() == identity.host.lowercased() ? .instance : nil
        case .address(let url):
            guard url.query == nil, let own = WebURL(identity.origin), url.origin == own.origin else {
                return nil
            }
            let path = url.path.lowercased()
            let name = identity.username.lowercased()
            if path == "/users/\(name)" || path == "/@\(name)" { return .owner }
            return path == "/" || path == "/actor" ? .instance : nil
        }
    }

    private func hostMeta(_ request: Request) -> Response {
        answer(.ok, HostMeta.contentType, HostMeta.xml(origin: identity.origin))
    }

    private func hostMetaJSON(_ request: Request) -> Response {
        answer(.ok, WebFinger.contentType, HostMeta.json(origin: identity.origin))
    }

    private func nodeInfoIndex(_ request: Request) -> Response {
        answer(
            .ok, "application/json; charset=utf-8",
            NodeInfo.index(origin: identity.origin, instanceActor: identity.instanceActor))
    }

    private func nodeInfo(_ request: Request, _ schema: NodeInfo.Version) throws -> Response {
        let (posts, last) = try store.read { snapshot in
            (
                try Statuses.countOpenPosts(of: identity.owner, in: snapshot),
                try Actors.find(identity.owner, in: snapshot)?.lastStatusAt
            )
        }
        let now = clock.now()
        return answer(
            .ok, schema.contentType,
            NodeInfo.document(
                schema, softwareVersion: version, localPosts: posts,
                isActiveInMonth: last.map { now - $0 < .days(30) } ?? false,
                isActiveInHalfYear: last.map { now - $0 < .days(180) } ?? false, name: identity.host,
                staff: identity.actor))
    }

    /// Readable from any page's script; what is found may be kept for an hour, a refusal for a minute.
    private func answer(_ status: HTTP.Status, _ type: String, _ bytes: [UInt8]) -> Response {
        Response(
            status,
            fields: [
                "Content-Type": type, "Access-Control-Allow-Origin": "*",
                "Cache-Control": status.isSuccess ? "public, max-age=3600" : "public, max-age=60",
            ],
            body: .bytes(bytes))
    }
}
