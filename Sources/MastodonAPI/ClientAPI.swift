package import Basics
package import Federation
package import HTTP
package import Media
package import Storage

/// What the owner's apps ask: the Mastodon client API, <https://docs.joinmastodon.org/methods/>.
package struct ClientAPI: Sendable {
    /// One reference: each of some hundred routes keeps a copy of this value.
    private let parts: ClientAPIParts

    package init(
        store: Store, identity: Identity, outbox: Outbox, resolver: Resolver, uploads: Uploads,
        worker: Worker,
        clock: Clock, log: Log, version: String, limits: APILimits = .standard,
        openThread: @escaping @Sendable (StatusID) -> Void = { _ in },
        openProfile: @escaping @Sendable (ActorID, _ isDeeper: Bool) -> Void = { _, _ in },
        previews: Previews = .none,
        wantPreviews: @escaping @Sendable ([LinkPreviewWorker.Wish]) -> Void = { _ in }
    ) {
        parts = ClientAPIParts(
            store: store, identity: identity, outbox: outbox, resolver: resolver, uploads: uploads,
            worker: worker,
            clock: clock, log: log, version: version, limits: limits, openThread: openThread,
            openProfile: openProfile, previews: previews, wantPreviews: wantPreviews)
    }

    /// Everything under `/api` and `/oauth`, preflight requests included.
    package var routes: [Route] {
        endpoints.map(route) + authorizePageRoutes + preflightRoutes
    }

    /// The whole table, area by area; the last one answers what no other knows.
    var endpoints: [Endpoint] {
        appEndpoints + tokenEndpoints + metadataEndpoints + instanceEndpoints
            + profileEndpoints
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

extension ClientAPI {
    var store: Store { parts.store }
    var identity: Identity { parts.identity }
    var outbox: Outbox { parts.outbox }
    var resolver: Resolver { parts.resolver }
    var uploads: Uploads { parts.uploads }
    /// Makes what is shown before and beside uploaded files.
    var previews: Previews { parts.previews }
    /// Hashes passwords, one at a time.
    var worker: Worker { parts.worker }
    var clock: Clock { parts.clock }
    var log: Log { parts.log }
    var version: String { parts.version }
    var limits: APILimits { parts.limits }
    /// What happens when the owner opens a post: its thread is completed for the next look.
    var openThread: @Sendable (StatusID) -> Void { parts.openThread }
    /// What happens when the owner opens a profile, or reads to the end of what is known of it.
    var openProfile: @Sendable (ActorID, _ isDeeper: Bool) -> Void { parts.openProfile }
    /// What happens when a post with a link is shown whose page is not known.
    var wantPreviews: @Sendable ([LinkPreviewWorker.Wish]) -> Void { parts.wantPreviews }
    var posting: Posting { parts.posting }
    var postings: PostingsUnderWay { parts.postings }
    var answers: AnswerCache { parts.answers }
    var knownTokens: KnownTokens { parts.knownTokens }
    var door: InnerDoor { parts.door }
    var streams: Streams { parts.streams }
    var filters: FilterMemory { parts.filters }
    var failedSignIns: AttemptCounter { parts.failedSignIns }
    var registrations: AttemptCounter { parts.registrations }
    var interactions: AttemptCounter { parts.interactions }
    /// To be run as long as the process.
    package var scheduledPosts: ScheduledPostWorker { parts.scheduledPosts }
}
