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

    /// Nil when there is no such post, or it is not this actor's, or it is a boost.
    init?(_ id: StatusID, of owner: ActorID, in snapshot: Snapshot) throws {
        guard let status = try Statuses.find(id, in: snapshot), status.actor == owner, status.reblogOf == nil
        else {
            return nil
        }
        let list = "[\(id)]"
        self.status = status
        source = try Statuses.source(of: id, in: snapshot)
        isMarkdown = try MarkdownStatuses.contains(id, in: snapshot)
        mentions = try Mentions.of(list, in: snapshot)[id] ?? []
        let names = try Hashtags.of(list, in: snapshot)[id] ?? []
        let shown = names.isEmpty ? [:] : NoteParts.hashtagsShown(in: status.content)
        hashtags = names.map { ($0, shown[$0] ?? $0) }
        attachments = try Attachments.of(list, in: snapshot)[id] ?? []
        poll = try Polls.find(id, in: snapshot)
        quote = try QuoteParts(id, in: snapshot)
        likes = try Favourites.counts(of: list, in: snapshot)[id] ?? 0
        shares = try Boosts.counts(of: list, in: snapshot)[id] ?? 0
        inReplyTo = try NoteParts.parent(of: status, in: snapshot)
        group = try NoteParts.group(of: status, in: snapshot)?.uri
    }

    /// The group that brought the conversation to its members, to whom it brings an open answer too (FEP-1b12).
    static func group(of status: Status, in snapshot: Snapshot) throws -> Actor? {
        guard status.visibility.isOpen, let parent = status.inReplyTo else { return nil }
        let above = try Statuses.ancestors(of: parent, limit: 40, in: snapshot) + [parent]
        let list = "[" + above.map(\.description).joined(separator: ",") + "]"
        return try Boosts.group(among: list, in: snapshot).flatMap { try Actors.find($0, in: snapshot) }
    }

    /// A parent that was deleted is left out: Misskey refuses a reply to what it cannot find.
    private static func parent(of status: Status, in snapshot: Snapshot) throws -> String? {
        if let parent = status.inReplyTo { return try Statuses.find(parent, in: snapshot)?.uri }
        guard let uri = status.inReplyToURI, try !Tombstones.contains(uri, in: snapshot) else { return nil }
        return uri
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
}
