import Basics
import HTTP
import Media

/// How much the client API takes, shown to apps in the instance documents. Mastodon's numbers where it has
/// one.
package struct APILimits: Sendable {
    // Posts.
    /// Grapheme clusters of text and content warning together, a link counting `linkLength`.
    package var statusLength = 500
    /// `characters_reserved_per_url`.
    package var linkLength = 23
    package var attachments = 4
    /// Grapheme clusters of a picture's description.
    package var descriptionLength = 1_500
    package var pinnedStatuses = 5
    /// Most options of a poll; at least two.
    package var pollOptions = 4
    /// Grapheme clusters of one.
    package var pollOptionLength = 50
    /// Posts that may wait for their time, in all and for one day (UTC).
    package var scheduled = 300
    package var scheduledOnOneDay = 25
    /// A moment that comes sooner is refused.
    package var scheduledAhead: Duration = .minutes(5)
    /// How long a poll may be open, in seconds.
    package var pollDuration = 300...2_629_746
    /// Most pixels of a picture or film, as `MediaHeader` refuses more.
    package var imagePixels = MediaHeader.mostPixels
    /// Frames a second that apps make their films for; nothing is refused. Mastodon's figure.
    package var videoFrameRate = 120
    /// For finding all mentioned people that are not known yet; afterwards they stay plain text.
    package var mentionLookUp: Duration = .seconds(5)
    /// Unknown people that are looked up for one post.
    package var mentionLookUps = 20

    // The profile.
    package var displayNameLength = 30
    package var noteLength = 500
    package var fields = 4
    package var fieldLength = 255

    /// Grapheme clusters of what describes the picture or the header.
    package var pictureDescriptionLength = 1_500
    /// Sites that may name the owner as their author.
    package var attributionDomains = 100
    /// Other accounts of the owner's.
    package var aliases = 20
    /// Grapheme clusters of a private note about somebody; Mastodon's figure.
    package var accountNoteLength = 2_000
    /// When an app asks for all people who are shown on the profile.
    package var endorsementsAtOnce = 400

    /// Characters of what is said about somebody who is reported.
    package var reportLength = 1_000

    // Reading.
    /// Posts above and below one in its context, for the owner and for anybody, who can ask for the next ones.
    package var contextForOwner = 4_096
    package var contextForOthers = 60
    /// Ids in one request for many accounts or posts.
    package var idsPerRequest = 80

    // Streams.
    /// Open connections that read a stream; beyond it 503. Each device of the owner's needs one or two.
    package var streamReaders = 64
    /// Streams that one connection follows.
    package var streamsPerReader = 64
    /// What may wait for one connection that does not keep up, in bytes and in messages; beyond it the
    /// connection is closed. The kernel holds some hundred KB before that.
    package var streamQueueBytes = 64 << 10
    package var streamQueueMessages = 256
    /// Events that may wait to be handed on; beyond it all connections are closed. A post makes up to four.
    package var streamEvents = 8_192
    /// Events that are loaded together.
    package var streamChunk = 20
    /// Bytes of an entity that is streamed; a larger one would close the readers that it does not fit, so it is left
    /// out, and apps find it when they page.
    package var streamPayload = 48 << 10
    /// Between two signs of life on an event stream, as Mastodon does.
    package var streamHeartbeat: Duration = .seconds(15)
    /// Older posts are no news, as Mastodon sees it: they stand further down.
    package var streamNews: Duration = .hours(6)

    /// For finding what an address or a handle names elsewhere; afterwards only what is known counts.
    package var searchLookUp: Duration = .seconds(5)

    // Filters. Mastodon bounds the lengths only; the rest is what one account can use and a small board can keep.
    package var filters = 200
    package var keywordsPerFilter = 200
    /// Of all filters together.
    package var filterKeywords = 2_000
    /// Posts named by all filters together.
    package var filterStatuses = 1_000
    /// Unicode scalars.
    package var filterTitleLength = 256
    package var filterKeywordLength = 512

    // Lists and hashtags.
    package var lists = 150
    /// People on one list.
    package var listMembers = 500
    /// Unicode scalars.
    package var listTitleLength = 256
    package var followedHashtags = 1_000
    /// Languages of one follow.
    package var followLanguages = 200

    // Signing in.
    /// Wrong passwords from one address within `signInWindow`, then 429.
    package var failedSignIns = 10
    /// Characters that are kept of what a browser calls itself.
    package var browserName = 200
    package var signInWindow: Duration = .seconds(300)
    /// Servers of visitors that one address may have us ask within `signInWindow`.
    package var interactions = 10
    /// How long the code of the authorisation page is good.
    package var codeLifetime: Duration = .seconds(600)
    /// New apps, or tokens without a person, from one address within `registrationWindow`.
    package var registrations = 60
    package var registrationWindow: Duration = .seconds(600)
    /// Apps that may be registered; at the bound those that nobody signed in with for a day are forgotten.
    package var apps = 1_000
    package var appNameLength = 200
    package var redirectURIs = 10
    /// In bytes.
    package var redirectURILength = 2_000

    package init() {}

    package static let standard = APILimits()
}
