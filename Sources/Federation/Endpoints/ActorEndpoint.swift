import ActivityPub
package import HTTP

/// `GET /users/NAME` and `GET /actor`: who posts here, and who fetches.
///
/// Both are readable by everybody without signature, always: whoever checks a signature needs the key in them.
package struct ActorEndpoint: Sendable {
    private let identity: Identity
    private let documents: ActorDocuments

    package init(identity: Identity, documents: ActorDocuments) {
        self.identity = identity
        self.documents = documents
    }

    package var routes: [Route] {
        [
            Route(.get, "/users/:name", handle: owner),
            Route(.get, "/actor", handle: documents.instance),
            Route(.get, "/actor/outbox", handle: instanceOutbox),
        ]
    }

    private func owner(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return PublicDocument.notFound }
        guard Negotiation.wantsDocument(request) else { return PublicDocument.page(identity.profile) }
        return try await documents.owner(for: request)
    }

    /// It posts nothing, but some readers insist on an outbox.
    private func instanceOutbox(_ request: Request) -> Response {
        let id = identity.instanceActor + "/outbox"
        return PublicDocument(Collection.ordered(id: id, items: [])).response(to: request)
    }
}

extension Identity {
    /// Whether a name in a path is the owner's; case does not matter.
    package func isOwner(_ name: String?) -> Bool {
        guard let name else { return false }
        return name == username || name.lowercased() == username.lowercased()
    }
}
