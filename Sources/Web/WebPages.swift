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
    let documents: ActorDocuments
    let objects: ObjectEndpoint
    /// Keeps the pages that anybody may read.
    let shield: Shield
    /// What the server is doing, as JSON.
    let state: @Sendable () async throws -> [UInt8]
    /// What the pages of the owner's connections need; without it there are none.
    let connections: ConnectionsDesk?

    /// - Parameters:
    ///   - api: what the pages ask, as an app would; its inner door must be open before the first request.
    ///   - version: of this program, `1.2.3`.
    ///   - documents: the actor, for those who ask the profile's address for it.
    ///   - objects: the posts, likewise.
    ///   - shield: keeps the pages that anybody may read.
    ///   - state: what the server is doing, as `islet status --json` says it.
    ///   - connections: what the pages of the owner's connections need; without it there are none.
    package init(
        api: ClientAPI, store: Store, identity: Identity, version: String, documents: ActorDocuments,
        objects: ObjectEndpoint, shield: Shield,
        state: @escaping @Sendable () async throws -> [UInt8] = { Array("{}".utf8) },
        connections: ConnectionsDesk? = nil,
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
        self.state = state
        self.connections = connections
        self.failed = failed
    }

    package var routes: [Route] {
        publicRoutes + noticeRoutes + Assets.routes + signInRoutes + readingRoutes + settingsRoutes
            + writingRoutes + scheduledRoutes + profileSettingsRoutes + newsRoutes
    }
}
