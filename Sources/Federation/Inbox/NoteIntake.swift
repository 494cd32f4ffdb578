import ActivityPub
import Basics
import JSON
import Markup
import Storage

/// A post of somebody else, made ready to be stored: sanitised and cut to what is kept, before any transaction.
struct NoteIntake: Sendable {
    /// Most people named in one post that are kept.
    private static let mentionLimit = 50
    /// Most hashtags of one post that are kept.
    private static let hashtagLimit = 30

    let uri: String
    let author: String
    let to: [String]
    let cc: [String]
    let inReplyTo: String?
    let published: Int64?
    let updated: Int64?

    private let url: String?
    private let content: String
    private let spoiler: String
    private let sensitive: Bool
    private let language: String?
    private let emojis: String?
    private let conversation: String?
    private let mentions: [(href: String, name: String?)]
    private let hashtags: [String]
    private let attachments: [AttachmentDocument]

    init?(_ value: JSONValue, accepts: (String) -> Bool) {
        guard let note = NoteDocument(value), accepts(note.id) else { return nil }
        guard let author = note.attributedTo.first(where: { ObjectID.sameOrigin($0, note.id) }) else {
            return nil
        }
        // An answer to a poll looks like a note without text; polls are not understood yet.
        guard
            note.content != nil || !note.attachments.isEmpty || note.contentWarning != nil
                || note.title != nil
        else { return nil }
        uri = note.id
        self.author = author
        to = note.to
        cc = note.cc
        inReplyTo = note.inReplyTo.flatMap { accepts($0) ? $0 : nil }
        published = note.published
        updated = note.updated
        url = note.url.flatMap { $0 == note.id ? nil : $0 }
        content = NoteIntake.html(note)
        spoiler = String(Sanitizer.inlineText(note.contentWarning ?? "").prefix(500))
        sensitive = note.sensitive || !spoiler.isEmpty && note.contentWarning != nil
        language = note.contentLanguage
        emojis = StoredActor.emojis(note.emojis)
        conversation = (note.context ?? note.conversation).flatMap { $0.utf8.count <= 512 ? $0 : nil }
        mentions = Array(note.mentions.prefix(NoteIntake.mentionLimit))
        hashtags = Array(note.hashtags.prefix(NoteIntake.hashtagLimit))
        attachments = note.attachments.filter { $0.kind != .link }.prefix(16).map { $0 }
    }

    /// The text; longer forms as title and link, which is how Mastodon shows them.
    private static func html(_ note: NoteDocument) -> String {
        if note.type.isShort {
            let text =
                note.isMarkdown
                ? HTML(escaping: note.content ?? "") : Sanitizer.sanitize(note.content ?? "", base: note.id)
            guard let title = note.title else { return text.text }
            let heading: HTML = "<p><strong>\(title)</strong></p>"
            return heading.text + text.text
        }
        let link = note.url ?? note.id
        var page: HTML = ""
        if let title = note.title { page += "<p><strong>\(Sanitizer.inlineText(title))</strong></p>" }
        if let summary = note.summary { page += Sanitizer.sanitize(summary, base: note.id) }
        page +=
            "<p><a href=\"\(link)\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">\(link)</a></p>"
        return page.text
    }

    /// Whether the owner is addressed, openly or silently.
    func addresses(_ identity: Identity) -> Bool {
        to.contains(identity.actor) || cc.contains(identity.actor) || names(identity)
    }

    /// Whether the owner is named in the text.
    func names(_ identity: Identity) -> Bool {
        mentions.contains { $0.href == identity.actor || $0.href == identity.profile }
    }

    func visibility(followers: String?) -> Visibility {
        switch Audience(to: to, cc: cc, followers: followers).kind {
        case .open: .public
        case .unlisted: .unlisted
        case .followers: .private
        case .direct: .direct
        }
    }

    /// Stores the post with everything that belongs to it.
    func insert(author: ActorID, identity: Identity, at now: Timestamp, in tx: Transaction) throws -> StatusID
    {
        let followers = try Actors.followersURI(of: author, in: tx)
        var status = Status(
            uri: uri, actor: author, createdAt: createdAt(now), visibility: visibility(followers: followers))
        if let inReplyTo {
            let parent = try identity.ownStatus(inReplyTo) ?? Statuses.id(forURI: inReplyTo, in: tx)
            if let parent, let found = try Statuses.find(parent, in: tx) {
                status.inReplyTo = found.id
                status.inReplyToActor = found.actor
            } else {
                status.inReplyToURI = inReplyTo
            }
        }
        fill(&status)
        let id = try Statuses.insert(status, in: tx)
        try insertParts(of: id, identity: identity, at: now, in: tx)
        return id
    }

    /// Replaces what an edit changes.
    func update(_ known: Status, identity: Identity, at now: Timestamp, in tx: Transaction) throws {
        try StatusEdits.keep(known, in: tx)
        var status = known
        fill(&status)
        status.editedAt = updated.map { Timestamp(milliseconds: min($0, now.milliseconds)) } ?? now
        try Statuses.update(status, in: tx)
        try Mentions.removeAll(of: known.id, in: tx)
        try Hashtags.removeAll(of: known.id, in: tx)
        try Attachments.detachAll(from: known.id, at: now, in: tx)
        try insertParts(of: known.id, identity: identity, at: now, in: tx)
    }

    /// Whether this is newer than what is known, so that it counts as an edit.
    func isEdit(of known: Status) -> Bool {
        guard let updated else { return false }
        return updated > (known.editedAt ?? known.createdAt).milliseconds
    }

    private func createdAt(_ now: Timestamp) -> Timestamp {
        guard let published, published > 0 else { return now }
        return Timestamp(milliseconds: min(published, now.milliseconds))
    }

    private func fill(_ status: inout Status) {
        status.content = content
        status.spoiler = spoiler
        status.sensitive = sensitive
        status.language = language
        status.url = url
        status.emojis = emojis
        status.conversation = conversation
    }

    private func insertParts(of id: StatusID, identity: Identity, at now: Timestamp, in tx: Transaction)
        throws
    {
        for (href, name) in mentions {
            guard let actor = try mentioned(href, name, identity: identity, at: now, in: tx) else { continue }
            try Mentions.insert(status: id, actor: actor, in: tx)
        }
        for hashtag in Set(hashtags.map { $0.lowercased() }).sorted() {
            try Hashtags.insert(hashtag, status: id, in: tx)
        }
        for (position, document) in attachments.enumerated() {
            _ = try Attachments.insert(attachment(document, of: id, at: now), position: position, in: tx)
        }
    }

    /// The row of somebody who is named; somebody unknown is kept by address and name.
    private func mentioned(
        _ href: String, _ name: String?, identity: Identity, at now: Timestamp, in tx: Transaction
    ) throws -> ActorID? {
        if href == identity.actor || href == identity.profile { return identity.owner }
        if let known = try Actors.id(forURI: href, in: tx) { return known }
        guard let origin = ObjectID.origin(of: href), let host = origin.split(separator: "/").last else {
            return nil
        }
        let handle = (name ?? "").drop { $0 == "@" }.split(separator: "@", maxSplits: 1)
        guard let username = handle.first, username.utf8.count <= 128 else { return nil }
        return try Actors.stub(
            uri: href, username: String(username), domain: String(host), url: nil, at: now, in: tx)
    }

    private func attachment(_ document: AttachmentDocument, of id: StatusID, at now: Timestamp) -> Attachment
    {
        let kind: Attachment.Kind =
            switch document.kind {
            case .image: .image
            case .video: .video
            case .audio: .audio
            case .link, .unknown: .unknown
            }
        var attachment = Attachment(kind: kind, createdAt: now)
        attachment.status = id
        attachment.mediaType = document.mediaType
        attachment.remoteURL = document.url
        attachment.description = document.description.map { String($0.prefix(1_500)) }
        attachment.width = document.width.map(Int64.init)
        attachment.height = document.height.map(Int64.init)
        attachment.focusX = document.focalPoint?.x
        attachment.focusY = document.focalPoint?.y
        attachment.blurhash = document.blurhash
        return attachment
    }
}
