package import Basics
package import Federation
package import HTTP
package import Media
package import Storage

/// What the owner's apps ask: the Mastodon client API, <https://docs.joinmastodon.org/methods/>.
package struct ClientAPI: Sendable {
    let store: Store
    let identity: Identity
    let outbox: Outbox
    let resolver: Resolver
    let uploads: Uploads
    /// Hashes passwords, one at a time.
    let worker: Worker
    let clock: Clock
    let log: Log
    let version: String
    let limits: APILimits
    /// What happens when the owner opens a post: its thread is completed for the next look.
    let openThread: @Sendable (StatusID) -> Void
    /// What happens when the owner opens a profile, or reads to the end of what is known of it.
    let openProfile: @Sendable (ActorID, _ isDeeper: Bool) -> Void

    let posting: Posting
    let postings = PostingsUnderWay()
    let answers = AnswerCache()
    let knownTokens = KnownTokens()
    let streams: Streams
    let filters = FilterMemory()
    let failedSignIns: AttemptCounter
    let registrations: AttemptCounter
    /// To be run as long as the process.
    package let scheduledPosts: ScheduledPostWorker

    package init(
        store: Store, identity: Identity, outbox: Outbox, resolver: Resolver, uploads: Uploads,
        worker: Worker,
        clock: Clock, log: Log, version: String, limits: APILimits = .standard,
        openThread: @escaping @Sendable (StatusID) -> Void = { _ in },
        openProfile: @escaping @Sendable (ActorID, _ isDeeper: Bool) -> Void = { _, _ in }
    ) {
        self.store = store
        self.identity = identity
        self.outbox = outbox
        self.resolver = resolver
        self.uploads = uploads
        self.worker = worker
        self.clock = clock
        self.log = log
        self.version = version
        self.limits = limits
        self.openThread = openThread
        self.openProfile = openProfile
        posting = Posting(
            store: store, identity: identity, outbox: outbox, resolver: resolver, clock: clock, limits: limits
        )
        scheduledPosts = ScheduledPostWorker(posting: posting, log: log)
        streams = Streams(store: store, limits: limits, clock: clock, log: log)
        failedSignIns = AttemptCounter(limit: limits.failedSignIns, window: limits.signInWindow)
        registrations = AttemptCounter(limit: limits.registrations, window: limits.registrationWindow)
    }

    /// Everything under `/api` and `/oauth`, preflight requests included.
    package var routes: [Route] {
        endpoints.map(route) + authorizePageRoutes + preflightRoutes
    }

    /// The whole table, area by area; the last one answers what no other knows.
    var endpoints: [Endpoint] {
        appEndpoints + tokenEndpoints + metadataEndpoints + instanceEndpoints + profileEndpoints
            + preferenceEndpoints + accountEndpoints + relationshipEndpoints + followRequestEndpoints
            + statusEndpoints + statusActionEndpoints + pollEndpoints + quoteEndpoints + mediaUploadEndpoints
            + timelineEndpoints + featuredTagEndpoints + domainBlockEndpoints + reportEndpoints
            + notificationEndpoints + notificationGroupEndpoints + markerEndpoints + savedPostEndpoints
            + searchEndpoints + filterEndpoints + legacyFilterEndpoints + listEndpoints + tagEndpoints
            + conversationEndpoints + notificationPolicyEndpoints + notificationRequestEndpoints
            + scheduledStatusEndpoints + endorsementEndpoints + accountNoteEndpoints + aliasEndpoints
            + pushEndpoints + streamingEndpoints + fixedEndpoints + emptyEndpoints + unknownEndpoints
    }
}
