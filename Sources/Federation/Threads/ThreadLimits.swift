import Basics

/// What one look at a thread may cost. What it leaves out is known, and the next look goes on there.
package struct ThreadLimits: Sendable {
    /// Parents of parents that are climbed.
    package var ancestors = 64
    /// Posts that are asked for, and documents in all.
    package var posts = 1_500
    package var documents = 4_000
    /// Bytes of documents.
    package var bytes = 32 << 20
    package var time = Duration.seconds(60)
    /// Documents of one host.
    package var perHost = 400
    /// Pages of one collection.
    package var pages = 40
    /// Documents of a collection that turn out to belong elsewhere, after which it is not believed any more.
    package var strays = 8
    /// Documents asked for at a time, and of one host.
    package var width = 12
    package var atOnceOfHost = 1
    /// After this long without an answer a host no longer holds up others.
    package var patience = Duration.seconds(1)
    /// How long the replies of a post are not asked for again: of one that is younger than a day, and of others.
    package var youngPause = Duration.minutes(5)
    package var oldPause = Duration.hours(1)
    /// How long a post that could not be had is not asked for again.
    package var missingPause = Duration.hours(1)
    /// Looks that wait for their turn; beyond it the oldest is dropped.
    package var looks = 8

    package init() {}
}
