import Basics
import Federation
import Media
import Storage

/// What `ClientAPI` is made of, and the little that it remembers.
final class ClientAPIParts: Sendable {
    let store: Store
    let identity: Identity
    let outbox: Outbox
    let resolver: Resolver
    let uploads: Uploads
    let previews: Previews
    let worker: Worker
    let clock: Clock
    let log: Log
    let version: String
    let limits: APILimits
    let openThread: @Sendable (StatusID) -> Void
    let openProfile: @Sendable (ActorID, _ isDeeper: Bool) -> Void
    let wantPreviews: @Sendable ([LinkPreviewWorker.Wish]) -> Void
    let posting: Posting
    let postings = PostingsUnderWay()
    let answers = AnswerCache()
    let knownTokens = KnownTokens()
    let door = InnerDoor()
    let streams: Streams
    let filters = FilterMemory()
    let failedSignIns: AttemptCounter
    let registrations: AttemptCounter
    let interactions: AttemptCounter
    let scheduledPosts: ScheduledPostWorker

    init(
        store: Store, identity: Identity, outbox: Outbox, resolver: Resolver, uploads: Uploads,
        worker: Worker,
        clock: Clock, log: Log, version: String, limits: APILimits,
        openThread: @escaping @Sendable (StatusID) -> Void,
        openProfile: @escaping @Sendable (ActorID, _ isDeeper: Bool) -> Void, previews: Previews,
        wantPreviews: @escaping @Sendable ([LinkPreviewWorker.Wish]) -> Void
    ) {
        self.store = store
        self.identity = identity
        self.outbox = outbox
        self.resolver = resolver
        self.uploads = uploads
        self.previews = previews
        self.worker = worker
        self.clock = clock
        self.log = log
        self.version = version
        self.limits = limits
        self.openThread = openThread
        self.openProfile = openProfile
        self.wantPreviews = wantPreviews
        posting = Posting(
            store: store, identity: identity, outbox: outbox, resolver: resolver, clock: clock, limits: limits
        )
        scheduledPosts = ScheduledPostWorker(posting: posting, log: log)
        streams = Streams(store: store, limits: limits, clock: clock, log: log)
        failedSignIns = AttemptCounter(limit: limits.failedSignIns, window: limits.signInWindow)
        interactions = AttemptCounter(limit: limits.interactions, window: limits.signInWindow)
        registrations = AttemptCounter(limit: limits.registrations, window: limits.registrationWindow)
    }
}
