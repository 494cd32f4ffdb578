import ActivityPub
import Basics
import Connections
import Crypto
import Federation
import HTTP
import MastodonAPI
import Media
import Net
import Storage
import Web

/// Everything that lives as long as the process, made in one place from top to bottom. No logic here.
struct House: Sendable {
    let store: Store
    let identity: Identity
    let clock: Clock
    let log: Log
    let client: Client
    let inbox: Inbox
    let uploads: Uploads
    let files: MediaProxy
    let cache: MediaCache
    let deliveryWorker: DeliveryWorker
    let fetchWorker: FetchWorker
    let threads: ThreadReader
    let profiles: ProfileReader
    let catchUp: CatchUp
    let polls: PollWorker
    let scheduledPosts: ScheduledPostWorker
    let pushes: PushWorker
    let indexer: SearchIndexer
    let links: LinkVerifier
    let linkPreviews: LinkPreviewWorker
    let errands: Errands
    let comparison: FollowersComparison
    let actors: ActorResolver
    let health: Health
    let housekeeping: Housekeeping
    let imports: Imports
    let importWorker: ImportWorker
    let moving: Moving
    let api: ClientAPI
    let server: Server
    let control: Server
    /// Hashes passwords and makes keys, one at a time: hashing takes 4 MB.
    let burner: Worker

    init(store: Store, configuration: Configuration, log: Log) throws {
        let (identity, owner) = try Account.load(store, configuration)
        let clock = Clock.loop
        self.store = store
        self.identity = identity
        self.clock = clock
        self.log = log
        let plainHTTP = configuration.allows("federation.plain-http")
        let allowsPrivate = configuration.allows("federation.private-addresses")
        let userAgent = "Islet/\(Islet.version) (+\(identity.origin)/)"
        let trust = configuration["tls.trust"]
        client = Client(
            addressGuard: AddressGuard(allowsPrivate: allowsPrivate),
            allowsPlainHTTP: plainHTTP,
            makeTLS: { try TLSContext.client(roots: trust.map { .systemAnd(pemFile: $0) } ?? .system) })
        burner = Worker(name: "burner", threads: 1, limit: 16)

        let signing = Signing(
            identity: identity, ownerKey: owner.privateKey, instanceKey: owner.instanceKey,
            worker: Worker(name: "signing", threads: 1, limit: 512), clock: clock)
        errands = Errands(clock: clock)
        let manners = HostManners(store: store, clock: clock)
        let knock = Knock(
            send: client.sendRequest, open: client.openRequest, signing: signing, manners: manners,
            clock: clock)
        let fetcher = Fetcher(
            knock: knock, userAgent: userAgent,
            // Names without a dot are for private networks, where they are checked like everything else.
            plainHTTPAllowed: plainHTTP || allowsPrivate, clock: clock)
        actors = ActorResolver(fetcher: fetcher, store: store, identity: identity, clock: clock)
        let objects = ObjectResolver(
            fetcher: fetcher, actors: actors, store: store, identity: identity, clock: clock)
        let resolver = Resolver(
            fetcher: fetcher, actors: actors, objects: objects, store: store, identity: identity,
            plainHTTPAllowed: plainHTTP)
        let proving = Proving(identity: identity, owner: owner, clock: clock)
        let outbox = Outbox(identity: identity, clock: clock, prove: House.prove(with: proving))
        inbox = Inbox(
            store: store, identity: identity, outbox: outbox, clock: clock, accepts: { fetcher.accepts($0) })
        deliveryWorker = DeliveryWorker(
            store: store, knock: knock, errands: errands, identity: identity, userAgent: userAgent,
            clock: clock,
            log: log,
            digest: { ContentDigest.header(for: $0) })
        fetchWorker = FetchWorker(
            store: store, inbox: inbox, actors: actors, objects: objects, identity: identity, clock: clock,
            log: log)
        threads = ThreadReader(store: store, objects: objects, identity: identity, clock: clock, log: log)
        profiles = ProfileReader(
            store: store, actors: actors, objects: objects, identity: identity, clock: clock, log: log)
        catchUp = try CatchUp(
            store: store, inbox: inbox, objects: objects, identity: identity, clock: clock, log: log)
        polls = PollWorker(store: store, outbox: outbox, clock: clock, log: log)
        pushes = PushWorker(
            store: store, identity: identity, send: client.sendRequest, userAgent: userAgent, clock: clock,
            log: log)
        indexer = SearchIndexer(store: store, clock: clock, log: log)
        links = LinkVerifier(store: store, identity: identity, clock: clock, log: log) { url in
            try await fetcher.page(at: url)
        }
        linkPreviews = LinkPreviewWorker(
            store: store, clock: clock, log: log, isBlocked: { manners.isBlocked($0) },
            read: { url, bytes in try await fetcher.beginning(of: url, bytes: bytes) })
        comparison = FollowersComparison(
            fetcher: fetcher, store: store, identity: identity, outbox: outbox)
        let check = SignatureCheck(
            actors: actors, errands: errands, store: store, clock: clock, plainHTTPAllowed: plainHTTP)
        health = try Health(store: store, delivery: deliveryWorker, clock: clock)
        uploads = try Uploads(
            folder: DataFolder.media, store: store,
            // A film that is made clean and written down takes seconds, during which others go on arriving.
            worker: Worker(name: "uploads", threads: 2, limit: 64),
            uploadLimits: UploadLimits(
                picture: configuration.size(of: "media.image-limit"),
                recording: configuration.size(of: "media.video-limit"))
        ) { .sha256 }
        cache = MediaCache(
            folder: DataFolder.cache,
            bounds: MediaCache.Bounds(
                bytes: configuration.size(of: "media.cache"), reserve: configuration.size(of: "media.reserve")
            ), worker: Worker(name: "cache", threads: 1, limit: 64), clock: clock)
        try cache.prepare()
        files = MediaProxy(
            cache: cache,
            asking: RemoteAsking(
                open: client.openRequest, userAgent: userAgent, mayAsk: { !manners.isBlocked($0) }),
            store: store, clock: clock
        ) { identity.signature(of: $0, at: $1) }
        housekeeping = Housekeeping(
            store: store, uploads: uploads, files: files, cache: cache, clock: clock, log: log)

        imports = Imports(store: store, home: identity.accountDomain, clock: clock, worker: burner)
        importWorker = ImportWorker(
            imports: imports, resolver: resolver, objects: objects, outbox: outbox, identity: identity,
            log: log)
        moving = Moving(
            store: store, resolver: resolver, actors: actors, outbox: outbox, identity: identity, clock: clock
        )

        let shield = Shield(store: store, now: clock.now)
        let documents = ActorDocuments(identity: identity, store: store, shield: shield)
        let readers: SenderCheck = { request in
            try await check.reader(request, host: identity.host, scheme: identity.scheme)
        }
        let isGuarded = configuration["federation.authorized-fetch"] == "on"
        let objectEndpoint = ObjectEndpoint(
            identity: identity, store: store, shield: shield, authorizesFetch: isGuarded, check: readers)
        api = ClientAPI(
            store: store, identity: identity, outbox: outbox, resolver: resolver, uploads: uploads,
            worker: burner,
            clock: clock, log: log, version: Islet.version,
            openThread: { [threads] in threads.look(at: $0) },
            openProfile: { [profiles] in profiles.look(at: $0, isDeeper: $1) },
            previews: PictureMaker(configuration)?.previews(in: DataFolder.media) { .sha256 } ?? .none,
            wantPreviews: { [linkPreviews] in linkPreviews.want($0) })
        scheduledPosts = api.scheduledPosts
        let state = RunningState()
        let pages = WebPages(
            api: api, store: store, identity: identity, version: Islet.version, documents: documents,
            objects: objectEndpoint, shield: shield, state: { try await state.report() },
            connections: ConnectionsDesk(
                export: Export(home: identity.accountDomain, clock: clock), imports: imports, moving: moving,
                clock: clock),
            failed: { error, request in
                log.error(
                    "page failed",
                    [
                        "path": request.target.path, "request": request.id,
                        "error": String(describing: error),
                    ])
            })
        var routes = api.routes
        routes +=
            InboxEndpoint(
                inbox: inbox, check: check, errands: errands, store: store, identity: identity, clock: clock,
                log: log, pause: { [health] in health.clockProblem() }
            ).routes
        routes +=
            WellKnownEndpoints(
                identity: identity, store: store, shield: shield, version: Islet.version, clock: clock
            ).routes
        routes += ActorEndpoint(identity: identity, documents: documents).routes
        routes += objectEndpoint.routes
        routes +=
            CollectionEndpoints(
                identity: identity, store: store, shield: shield, authorizesFetch: isGuarded, check: readers
            ).routes
        routes += MediaEndpoint(folder: DataFolder.media).routes
        routes += RemoteFileEndpoint(files).routes
        routes += pages.routes
        routes.append(health.route)
        let answers = Answers(pages: pages, log: log)
        let router = Router(routes)
        api.open(router)
        server = Server(
            router: router,
            proxies: configuration["proxy.trusted"].flatMap { TrustedProxies($0) } ?? .loopback,
            uplink: Uplink(bytesPerSecond: configuration.size(of: "media.uplink")), log: log,
            atHand: { shield.atHand($0, $1) },
            fallback: { answers.fallback($0, $1) }, failed: { answers.failed($0, $1) },
            noted: { [housekeeping] in housekeeping.note() })
        let endpoints = ControlEndpoints(
            store: store, health: health, inbox: inbox, server: server, cached: { [cache] in cache.size },
            fetches: { [errands, threads, profiles] in errands.count + threads.waiting + profiles.waiting })
        state.open { try await endpoints.report() }
        control = Server(
            router: Router(
                endpoints.routes
                    + ConnectionEndpoints(imports: imports, moving: moving, identity: identity).routes),
            proxies: .loopback, log: log, fallback: { answers.fallback($0, $1) },
            failed: { answers.failed($0, $1) })
    }
}

extension House {
    private static func prove(with proving: Proving?) -> (@Sendable ([UInt8]) -> [UInt8])? {
        guard let proving else { return nil }
        return { proving.prove($0) }
    }

    func run(_ errand: Errands.Errand) async {
        switch errand {
        case .refresh(let actor):
            // Whoever cannot be had keeps the document that is known.
            _ = await actors.refresh(actor)
        case .compareFollowers(let actor, let theirs):
            do {
                try await comparison.run(of: actor, theirs)
            } catch {
                log.info("followers could not be compared", ["actor": actor, "reason": "\(error)"])
            }
        }
    }

    /// Remembers when the server was stopped in good order, so that the next start knows what was missed.
    func noteStop() async {
        await cache.noteUses()
        do {
            try await store.write { [clock] tx in
                try Settings.set(.cleanStop, to: String(clock.now().milliseconds), in: tx)
            }
        } catch {
            log.error("the time of the stop could not be noted", ["error": String(describing: error)])
        }
    }
}

extension StreamingDigest {
    /// The names of uploaded files.
    fileprivate static var sha256: StreamingDigest {
        let digest = HashingFile()
        return StreamingDigest(update: { digest.update($0) }, finish: { digest.finish() })
    }
}

/// A running digest behind a reference, which closures can share.
private final class HashingFile {
    private var digest = RunningDigest()

    func update(_ bytes: ArraySlice<UInt8>) {
        digest.update(bytes)
    }

    func finish() -> String { Hex.encode(digest.finish()) }
}
