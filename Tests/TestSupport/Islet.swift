import ActivityPub
package import Basics
import Crypto
package import Federation
import Foundation
package import HTTP
package import Storage

/// One server of the pond, put together as the program does it, with a pond in the place of the network.
package final class Islet: PondHost {
    package let identity: Identity
    package let store: Store
    package let outbox: Outbox
    package let inbox: Inbox
    package let actors: ActorResolver
    package let objects: ObjectResolver
    package let resolver: Resolver
    package let fetcher: Fetcher
    package let delivery: DeliveryWorker
    package let fetching: FetchWorker
    package let threads: ThreadReader
    package let profiles: ProfileReader
    package let catchUp: CatchUp
    package let polls: PollWorker
    package let errands: Errands
    package let manners: HostManners
    package let clock: Clock
    let folder: URL
    let isRunning: Bool
    private let router: Router
    private let work: Work

    /// - Parameters:
    ///   - folder: where the database is, or will be.
    ///   - isRunning: whether the workers work.
    init(
        host: String, accountDomain: String?, folder: URL, clock: Clock, limits: DeliveryWorker.Limits,
        isRunning: Bool, pause: @escaping @Sendable () -> String?, send: @escaping SendRequest
    ) async throws {
        self.folder = folder
        self.isRunning = isRunning
        self.clock = clock
        store = try Store(path: folder.appending(path: "islet.db").path())
        let owner = try await Islet.owner(of: host, in: store, at: clock.now())
        identity = Identity(
            origin: "https://\(host)", host: host, accountDomain: accountDomain ?? host, username: "me",
            owner: owner, mediaSecret: Array("secret".utf8))
        let signing = Signing(
            identity: identity, ownerKey: TestKeys.common.pem, instanceKey: TestKeys.instance.pem,
            worker: Worker(name: "signing", threads: 1, limit: 512), clock: clock)
        errands = Errands(clock: clock)
        manners = HostManners(store: store, clock: clock)
        let knock = Knock(send: send, signing: signing, manners: manners, clock: clock)
        fetcher = Fetcher(knock: knock, userAgent: "Islet/test", plainHTTPAllowed: false, clock: clock)
        actors = ActorResolver(fetcher: fetcher, store: store, identity: identity, clock: clock)
        objects = ObjectResolver(
            fetcher: fetcher, actors: actors, store: store, identity: identity, clock: clock)
        resolver = Resolver(
            fetcher: fetcher, actors: actors, objects: objects, store: store, identity: identity,
            plainHTTPAllowed: false)
        outbox = Outbox(
            identity: identity, clock: clock,
            prove: Islet.prove(identity, try store.read { try Owner.load(in: $0) }, clock))
        inbox = Inbox(
            store: store, identity: identity, outbox: outbox, clock: clock,
            accepts: { [fetcher] in fetcher.accepts($0) })
        delivery = DeliveryWorker(
            store: store, knock: knock, errands: errands, identity: identity, userAgent: "Islet/test",
            clock: clock,
            log: .silent, limits: limits, digest: { ContentDigest.header(for: $0) })
        fetching = FetchWorker(
            store: store, inbox: inbox, actors: actors, objects: objects, identity: identity, clock: clock,
            log: .silent)
        threads = ThreadReader(store: store, objects: objects, identity: identity, clock: clock, log: .silent)
        profiles = ProfileReader(
            store: store, actors: actors, objects: objects, identity: identity, clock: clock, log: .silent)
        catchUp = try CatchUp(
            store: store, inbox: inbox, objects: objects, identity: identity, clock: clock, log: .silent)
        polls = PollWorker(store: store, outbox: outbox, clock: clock, log: .silent)
        let comparison = FollowersComparison(
            fetcher: fetcher, store: store, identity: identity, outbox: outbox)
        let check = SignatureCheck(
            actors: actors, errands: errands, store: store, clock: clock, plainHTTPAllowed: false)

        let shield = Shield(store: store, now: clock.now)
        let documents = ActorDocuments(identity: identity, store: store, shield: shield)
        var routes = InboxEndpoint(
            inbox: inbox, check: check, errands: errands, store: store, identity: identity, clock: clock,
            log: .silent, pause: pause
        ).routes
        routes +=
            WellKnownEndpoints(
                identity: identity, store: store, shield: shield, version: "test", clock: clock
            ).routes
        routes += ActorEndpoint(identity: identity, documents: documents).routes
        let readers: SenderCheck = { [identity] request in
            try await check.reader(request, host: identity.host, scheme: identity.scheme)
        }
        routes += ObjectEndpoint(identity: identity, store: store, shield: shield, check: readers).routes
        routes += CollectionEndpoints(identity: identity, store: store, shield: shield, check: readers).routes
        router = Router(routes)
        work = Work()
        guard isRunning else { return }
        work.start([
            { [delivery] in await delivery.run() }, { [fetching] in await fetching.run() },
            { [threads] in await threads.run() }, { [polls] in await polls.run() },
            { [profiles, catchUp] in
                await catchUp.run()
                await profiles.run()
            },
            { [errands, actors] in
                await errands.run { errand in
                    switch errand {
                    case .refresh(let actor): _ = await actors.refresh(actor)
                    case .compareFollowers(let actor, let theirs):
                        // What cannot be compared now is compared at the next delivery.
                        try? await comparison.run(of: actor, theirs)
                    }
                }
            },
        ])
    }

    private static func prove(
        _ identity: Identity, _ owner: Owner?, _ clock: Clock
    ) -> (@Sendable ([UInt8]) -> [UInt8])? {
        guard let owner, let proving = Proving(identity: identity, owner: owner, clock: clock) else {
            return nil
        }
        return { proving.prove($0) }
    }

    private static func owner(of host: String, in store: Store, at now: Timestamp) async throws -> ActorID {
        try await store.write { tx in
            if let known = try Owner.load(in: tx) { return known.actor }
            var actor = Actor(uri: "https://\(host)/users/me", username: "me", domain: nil, createdAt: now)
            actor.keyID = "\(actor.uri)#main-key"
            actor.keyPEM = TestKeys.common.publicPEM
            actor.followersURI = "\(actor.uri)/followers"
            actor.fetchedAt = now
            let id = try Actors.save(actor, in: tx)
            var owner = Owner(
                actor: id, password: "", privateKey: "", instanceKey: "",
                instancePublicKey: TestKeys.instance.publicPEM)
            owner.proofSeed = TestKeys.proofSeed
            try owner.save(in: tx)
            return id
        }
    }

    /// Ends the workers and closes the database.
    package func stop() async {
        await work.stop()
        try? await store.write { [clock] tx in
            try Settings.set(.cleanStop, to: String(clock.now().milliseconds), in: tx)
        }
        await store.close()
    }

    // MARK: - Being asked

    package func answer(_ request: OutboundRequest, fields: Fields) async throws(SendError)
        -> OutboundResponse
    {
        var asked = Request(
            request.method, request.url.requestTarget, fields: fields, body: .bytes(request.body))
        asked.fields["Host"] = request.url.authority
        asked.isSecure = true
        let response = await answer(asked)
        var body: [UInt8] = []
        if case .bytes(let bytes) = response.body { body = bytes }
        return OutboundResponse(
            status: response.status, fields: response.fields, body: body, url: request.url)
    }

    /// What the server answers; a handler that throws is a 500.
    package func answer(_ request: Request) async -> Response {
        guard case .found(let route, let parameters) = router.match(request.method, request.target) else {
            return Response(.notFound)
        }
        if case .bytes(let body) = request.body, body.count > route.body.limit {
            return Response(.contentTooLarge)
        }
        var request = request
        request.parameters = parameters
        do {
            return try await route.handle(request)
        } catch {
            return .text(.internalServerError, "\(error)")
        }
    }
}
