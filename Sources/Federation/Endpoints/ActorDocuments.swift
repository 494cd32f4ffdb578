package import HTTP
package import Storage

/// The documents of the owner and of the fetching actor. Every server that hears of the owner asks for them.
package struct ActorDocuments: Sendable {
    private let rendering: ActorRendering
    private let store: Store
    private let shield: Shield

    package init(identity: Identity, store: Store, shield: Shield) {
        rendering = ActorRendering(identity: identity)
        self.store = store
        self.shield = shield
    }

    /// The owner's actor; 404 before there is an owner.
    package func owner(for request: Request) async throws -> Response {
        try await shield.answer(.document("owner"), to: request) {
            try answer { try rendering.document(in: $0) }
        }
    }

    /// The actor that fetches; 404 before there is an owner.
    package func instance(for request: Request) async throws -> Response {
        try await shield.answer(.document("instance"), to: request) {
            try answer { try rendering.instanceDocument(in: $0) }
        }
    }

    private func answer(_ render: (Snapshot) throws -> [UInt8]?) throws -> Response {
        try store.read(render).map { PublicDocument($0).response() } ?? PublicDocument.notFound
    }
}
