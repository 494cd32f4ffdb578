import Storage

/// What is read from the store for one note.
struct NoteParts {
    let status: Status
    /// The text as the owner typed it.
    let source: String?
    let isMarkdown: Bool
    let mentions: [Mentions.Mention]
    /// As stored, and as the owner wrote it.
    let hashtags: [(name: String, shown: String)]
    let attachments: [Attachment]
    let poll: Poll?
    let quote: QuoteParts?
    let likes: Int
    let shares: Int
    /// The address of the parent.
    let inReplyTo: String?
    /// The address of the group in which the conversation is held.
    let group: String?

    /// Those of these posts that are this actor's, and no boosts. The number of statements does not grow with them.
    static func all(
        _ ids: [StatusID], of owner: ActorID, in snapshot: Snapshot
    ) throws -> [StatusID: NoteParts] {
        let statuses = try Statuses.find(ids, in: snapshot).values
            .filter { $0.actor == owner && $0.reblogOf == nil }
        guard !statuses.isEmpty else { return [:] }
        let rows = try Rows(statuses, in: snapshot)
        let parts = statuses.map { ($0.id, NoteParts($0, rows)) }
        return Dictionary(parts, uniquingKeysWith: { first, _ in first })
    }

    private init(_ status: Status, _ rows: Rows) {
        let id = status.id
        self.status = status
        source = rows.sources[id]
        isMarkdown = rows.markdown.contains(id)
        mentions = rows.mentions[id] ?? []
        let names = rows.hashtags[id] ?? []
        let shown = names.isEmpty ? [:] : NoteParts.hashtagsShown(in: status.content)
        hashtags = names.map { ($0, shown[$0] ?? $0) }
        attachments = rows.attachments[id] ?? []
        poll = rows.polls[id]
        quote = rows.quotes[id].flatMap { quote in
            QuoteParts(quote, of: quote.quoted.flatMap { rows.others[$0] })
        }
        likes = rows.likes[id] ?? 0
        shares = rows.shares[id] ?? 0
        if let parent = status.inReplyTo {
            inReplyTo = rows.others[parent]?.uri
        } else {
            // A parent that was deleted is left out: Misskey refuses a reply to what it cannot find.
            inReplyTo = status.inReplyToURI.flatMap { rows.gone.contains($0) ? nil : $0 }
        }
        group = status.inReplyTo.flatMap { status.visibility.isOpen ? rows.groups[$0]?.uri : nil }
    }

    /// The group that brought the conversation to its members, to whom it brings an open answer too (FEP-1b12).
    static func group(of status: Status, in snapshot: Snapshot) throws -> Boosts.Group? {
        guard status.visibility.isOpen, let parent = status.inReplyTo else { return nil }
        return try Boosts.groups(above: [parent], in: snapshot)[parent]
    }

    /// Hashtags as our own markup shows them, by their lower-case names: the store keeps only those.
    private static func hashtagsShown(in content: String) -> [String: String] {
        var found: [String: String] = [:]
        for piece in content.split(separator: "#<span>").dropFirst() {
            guard let end = piece.firstIndex(of: "<") else { continue }
            let name = String(piece[..<end])
            found[name.lowercased()] = name
        }
        return found
    }
    /// What the store has about several posts.
    private struct Rows {
        let sources: [StatusID: String]
        let markdown: Set<StatusID>
        let mentions: [StatusID: [Mentions.Mention]]
        let hashtags: [StatusID: [String]]
        let attachments: [StatusID: [Attachment]]
        let polls: [StatusID: Poll]
        let quotes: [StatusID: Quote]
        let likes: [StatusID: Int]
        let shares: [StatusID: Int]
        /// Parents, and what is quoted.
        let others: [StatusID: Status]
        /// Addresses of parents that were deleted.
        let gone: Set<String>
        let groups: [StatusID: Boosts.Group]

        init(_ statuses: [Status], in snapshot: Snapshot) throws {
            let list = "[" + statuses.map(\.id.description).joined(separator: ",") + "]"
            sources = try Statuses.sources(of: list, in: snapshot)
            markdown = try MarkdownStatuses.among(list, in: snapshot)
            mentions = try Mentions.of(list, in: snapshot)
            hashtags = try Hashtags.of(list, in: snapshot)
            attachments = try Attachments.of(list, in: snapshot)
            polls = try Polls.of(list, in: snapshot)
            quotes = try Quotes.of(list, in: snapshot)
            likes = try Favourites.counts(of: list, in: snapshot)
            shares = try Boosts.counts(of: list, in: snapshot)
            let parents = statuses.compactMap(\.inReplyTo)
            others = try Statuses.find(parents + quotes.values.compactMap(\.quoted), in: snapshot)
            gone = try Tombstones.among(statuses.compactMap(\.inReplyToURI), in: snapshot)
            groups = try Boosts.groups(above: parents, in: snapshot)
        }
    }
}
