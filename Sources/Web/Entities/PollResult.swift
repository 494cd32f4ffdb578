import JSON

/// A Poll as pages show it, <https://docs.joinmastodon.org/entities/Poll/>.
struct PollResult: Sendable {
    let id: String
    /// ISO 8601.
    let expiresAt: String?
    let isClosed: Bool
    let isMultiple: Bool
    let votes: Int
    let voters: Int?
    let options: [Option]
    let hasVoted: Bool
    let ownVotes: [Int]

    struct Option: Sendable {
        let title: String
        /// Nil while nobody is told.
        let votes: Int?
    }

    init(_ json: JSONValue) {
        id = json.text("id")
        expiresAt = json["expires_at"]?.string
        isClosed = json.flag("expired")
        isMultiple = json.flag("multiple")
        votes = json.number("votes_count")
        voters = json["voters_count"]?.int
        options = json.list("options").map { Option(title: $0.text("title"), votes: $0["votes_count"]?.int) }
        hasVoted = json.flag("voted")
        ownVotes = json.list("own_votes").compactMap { $0.int }
    }
}
