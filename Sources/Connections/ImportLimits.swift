import Basics
import Storage

/// How much a file of connections may ask for.
package struct ImportLimits: Sendable {
    // The file.
    /// A hundred bytes a line.
    package var bytes = 10 << 20
    /// Mastodon takes 20,000.
    package var lines = 100_000
    /// Longest field, in bytes.
    package var fieldBytes = 8_192
    package var columns = 32
    /// Files that wait or are being taken over.
    package var waiting = 5
    /// Reports that are kept, for thirty days at most.
    package var reports = 20
    /// Lines that are stored in one transaction.
    package var storedAtOnce = 1_000
    /// Connections that are undone, and domains that are blocked, in one transaction.
    package var batch = 200

    // Asking other servers.
    /// Questions to one host within a second; the contract of this project.
    package var questionsPerSecond = 5
    /// Lines under way at a time, and of one host.
    package var width = 32
    package var perHost = 2
    /// How long a host that does not answer is left alone, each time it does not; then its lines have failed.
    package var pauses: [Duration] = [.seconds(15), .seconds(120), .seconds(600)]
    /// How long nobody is given up while no host at all answers, or while one asks to be left alone.
    package var outage = Duration.days(2)
    /// How long is waited when there is no room to store or send anything.
    package var fullPause = Duration.seconds(30)

    // What the client API allows as well.
    package var lists = 150
    package var listMembers = 500
    /// Unicode scalars.
    package var listTitleLength = 256
    /// Posts of somebody that come onto the timeline of a list they are put on.
    package var listNewest = 100
    package var followLanguages = 200
    package var filters = 200
    package var keywordsPerFilter = 200
    package var filterKeywords = 2_000
    package var filterStatuses = 1_000
    /// Unicode scalars.
    package var filterTitleLength = 256
    package var filterKeywordLength = 512

    package init() {}

    /// Filters are few, so more lines than they can have are none of theirs.
    func lines(of kind: ConnectionKind) -> Int {
        kind == .filters ? min(lines, filters + filterKeywords + filterStatuses) : lines
    }
}
