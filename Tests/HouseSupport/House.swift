package import Basics
import Crypto
package import Federation
import Foundation
package import HTTP
import JSON
package import MastodonAPI
package import Media
package import Storage
package import Synchronization

/// A whole server for tests: a real store in a temporary folder, the client API in front of it, no sockets.
package final class House: Sendable {
    package static let password = "correct horse"
    // Both take long to make, and any will do.
    private static let passwordHash = Result { try PasswordHash.make(password) }
    private static let key = Result { try RSAPrivateKey.generate(bits: 2048).pem }

    package let folder: String
    package let store: Store
    package let identity: Identity
    package let outbox: Outbox
    package let actors: ActorResolver
    package let resolver: Resolver
    package let api: ClientAPI
    package let linkPreviews: LinkPreviewWorker
    package let router: Router
    package let time: TestTime
    /// Answers what the server asks of others; nothing is found unless a test puts it here.
    package let network = Mutex<@Sendable (OutboundRequest) -> OutboundResponse?>({ _ in nil })

    private init(
        folder: String, store: Store, identity: Identity, time: TestTime, limits: APILimits,
        makePicture: MakePicture?
    ) throws {
        self.folder = folder
        self.store = store
        self.identity = identity
        self.time = time
        let clock = time.clock
        let worker = Worker(name: "test", threads: 1, limit: 16)
        outbox = Outbox(identity: identity, clock: clock)
        let signing = Signing(
            identity: identity, ownerKey: try House.key.get(), instanceKey: try House.key.get(),
            worker: worker, clock: clock)
        let box = NetworkBox()
        let manners = HostManners(store: store, clock: clock)
        let knock = Knock(
            send: box.send, open: box.open, signing: signing, manners: manners, clock: clock)
        let fetcher = Fetcher(knock: knock, userAgent: "test", plainHTTPAllowed: false, clock: clock)
        actors = ActorResolver(fetcher: fetcher, store: store, identity: identity, clock: clock)
        let objects = ObjectResolver(
            fetcher: fetcher, actors: actors, store: store, identity: identity, clock: clock)
        resolver = Resolver(
            fetcher: fetcher, actors: actors, objects: objects, store: store, identity: identity,
            plainHTTPAllowed: false)
        let uploads = try Uploads(
            folder: folder + "/media", store: store, worker: worker, digest: StreamingDigest.sha256)
        let linkPreviews = LinkPreviewWorker(
            store: store, clock: clock, log: .silent, isBlocked: { manners.isBlocked($0) },
            delay: { .seconds(30) }, read: { try await fetcher.beginning(of: $0, bytes: $1) })
        self.linkPreviews = linkPreviews
        api = ClientAPI(
            store: store, identity: identity, outbox: outbox, resolver: resolver, uploads: uploads,
            worker: worker,
            clock: clock, log: .silent, version: "1.0.0", limits: limits,
            previews: Previews(
                folder: folder + "/media", make: makePicture, digest: StreamingDigest.sha256),
            wantPreviews: { linkPreviews.want($0) })
        router = Router(
            (api.routes + MediaEndpoint(folder: folder + "/media").routes).map(Recording.recorded))
        box.house.withLock { $0 = WeakHouse(house: self) }
    }

    deinit {
        // A folder that stays behind in the temporary folder fails no test.
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Where the house stands and whose it is.
    package struct Name: Sendable {
        package var username = "ada"
        package var displayName = "Ada"
        package var host = "home.example"
        package var accountDomain = "home.example"
        package var change: @Sendable (inout Actor) -> Void = { _ in }

        package init() {}
    }

    package static func make(
        _ name: Name = Name(), limits: APILimits = .standard, makePicture: MakePicture? = nil
    ) async throws -> House {
        let folder = NSTemporaryDirectory() + "islet-api-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let store = try Store(path: folder + "/islet.db", limits: Store.Limits(gathering: .zero))
        let time = TestTime()
        let now = time.now
        let owner = try await store.write { tx in
            var actor = Actor(
                uri: "https://\(name.host)/users/\(name.username)", username: name.username, domain: nil,
                createdAt: Timestamp(milliseconds: 1_700_000_000_000))
            actor.name = name.displayName
            actor.url = "https://\(name.host)/@\(name.username)"
            actor.fetchedAt = now
            name.change(&actor)
            let id = try Actors.save(actor, in: tx)
            try Owner(
                actor: id, password: try passwordHash.get(), privateKey: "", instanceKey: "",
                instancePublicKey: ""
            ).save(in: tx)
            return id
        }
        try await PushKey.complete(store)
        let identity = Identity(
            origin: "https://\(name.host)", host: name.host, accountDomain: name.accountDomain,
            username: name.username,
            owner: owner, mediaSecret: Array("secret".utf8))
        return try House(
            folder: folder, store: store, identity: identity, time: time, limits: limits,
            makePicture: makePicture)
    }
}

/// Hands requests to the house that is made later than the closure that needs it.
private final class NetworkBox: Sendable {
    let house = Mutex<WeakHouse?>(nil)

    /// The same, in pieces.
    var open: OpenRequest {
        { [self] request async throws(SendError) in
            let answer = try await send(request)
            let pieces = stride(from: 0, to: answer.body.count, by: 10_000).map { start in
                Array(answer.body[start..<min(start + 10_000, answer.body.count)])
            }
            return IncomingResponse(
                status: answer.status, fields: answer.fields, url: answer.url, body: .of(pieces))
        }
    }

    var send: SendRequest {
        { [self] request async throws(SendError) in
            guard let house = house.withLock({ $0?.house }),
                let answer = house.network.withLock({ $0 })(request)
            else { throw .nameNotFound }
            return answer
        }
    }
}

private struct WeakHouse: Sendable {
    weak var house: House?
}

/// A clock that stands still until a test moves it, with the alarms that were set on it.
package final class TestTime: Sendable {
    package init() {}

    private struct State {
        var now = Timestamp(milliseconds: 1_760_000_000_000)
        var alarms: [Int: (due: Timestamp, ring: @Sendable () -> Void)] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    package var now: Timestamp { state.withLock { $0.now } }
    /// When the next alarm rings.
    package var nextAlarm: Timestamp? { state.withLock { $0.alarms.values.map(\.due).min() } }

    package var clock: Clock {
        Clock(
            now: { [self] in now },
            after: { [self] duration, ring in
                let number = state.withLock { state in
                    state.last += 1
                    state.alarms[state.last] = (state.now + duration, ring)
                    return state.last
                }
                return { [self] in state.withLock { $0.alarms[number] = nil } }
            })
    }

    /// Moves the time and rings what is due by then.
    package func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now + duration
            let due = state.alarms.filter { $0.value.due <= state.now }
            for number in due.keys { state.alarms[number] = nil }
            return due.values.map(\.ring)
        }
        for ring in due { ring() }
    }
}
