import ActivityPub
import Basics
import JSON
import Storage

/// A post of somebody else, made ready to be stored: sanitised and cut to what is kept, before any transaction.
struct NoteIntake: Sendable {
    /// How much of one post is kept.
    enum Limits {
        /// People named in it.
        static let mentions = 50
        static let hashtags = 30
        static let attachments = 16
        static let description = 1_500
        static let spoiler = 500
        /// Bytes of HTML; what is longer is shown as its beginning and a link.
        static let content = 65_536
        static let options = 100
        static let option = 500
        /// Bytes of an address that is only compared.
        static let address = 512
        /// More likes, boosts or votes than this are shown as this many.
        static let count = 1_000_000_000
    }

    let uri: String
    let author: String
    let to: [String]
    let cc: [String]
    let inReplyTo: String?
    let published: Int64?
    let updated: Int64?
    let quote: QuoteIntake?
    let poll: PollIntake?
    let policy: InteractionPolicy?
    let attachments: [AttachmentDocument]
    /// How often it is liked and boosted by the word of its own server.
    let likes: Int?
    let shares: Int?
    let repliesURI: String?

    private let isChat: Bool
    private let url: String?
    private let content: String
    private let spoiler: String
    private let sensitive: Bool
    private let language: String?
    private let emojis: [(shortcode: String, url: String)]
    private let conversation: String?
    let mentions: [(href: String, name: String?)]
    let hashtags: [String]

    /// - Parameter envelope: the activity it came in, whose sender is the author if they are one of several, and whose
    ///   addressees are those of a post that names none.
    init?(_ value: JSONValue, in envelope: Activity? = nil, accepts: (String) -> Bool) {
        guard let note = NoteDocument(value), accepts(note.id) else { return nil }
        let authors = note.attributedTo.filter { ObjectID.sameOrigin($0, note.id) }
        guard let author = authors.first(where: { $0 == envelope?.actor }) ?? authors.first else {
            return nil
        }
        let isAddressed = !note.to.isEmpty || !note.cc.isEmpty
        guard !note.isVote, NoteIntake.isShowable(note) else { return nil }
        uri = note.id
        self.author = author
        to = isAddressed ? note.to : envelope?.to ?? []
        cc = isAddressed ? note.cc : envelope?.cc ?? []
        // What answers itself would be its own ancestor.
        inReplyTo = note.inReplyTo.flatMap { accepts($0) && !ObjectID.same($0, note.id) ? $0 : nil }
        published = note.published
        updated = note.updated
        quote = QuoteIntake(note, accepts: accepts)
        poll = PollIntake(note)
        policy = note.interactionPolicy
        likes = note.likesCount.map { min($0, Limits.count) }
        shares = note.sharesCount.map { min($0, Limits.count) }
        // A collection without an address is found by that of its first page.
        let replies = note.replies
        let address =
            replies?.id ?? replies?.document?.first?.firstID ?? replies?.document?.firstPage?.next
        repliesURI = address.flatMap { accepts($0) && ObjectID.sameOrigin($0, note.id) ? $0 : nil }
        isChat = note.type == .chatMessage
        url = note.url.flatMap { $0 == note.id ? nil : $0 }
        content = NoteText.html(note)
        spoiler = NoteText.warning(note)
        sensitive = note.sensitive || !spoiler.isEmpty
        language = note.contentLanguage
        emojis = Array(note.emojis.prefix(StoredActor.Limits.emojis))
        conversation = (note.context ?? note.conversation).flatMap {
            $0.utf8.count <= Limits.address ? $0 : nil
        }
        mentions = Array(note.mentions.prefix(Limits.mentions))
        hashtags = Array(note.hashtags.prefix(Limits.hashtags))
        attachments = Array(note.attachments.filter { $0.kind != .link }.prefix(Limits.attachments))
    }

    /// Whether there is anything to see.
    private static func isShowable(_ note: NoteDocument) -> Bool {
        note.content != nil || !note.attachments.isEmpty || note.contentWarning != nil || note.title != nil
            || !note.options.isEmpty || note.quote != nil || !note.type.isShort
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
        // Chats of Pleroma are for two.
        if isChat { return .direct }
        return switch Audience(to: to, cc: cc, followers: followers).kind {
        case .open: .public
        case .unlisted: .unlisted
        case .followers: .private
        case .direct: .direct
        }
    }

    /// When it was written; what claims to be of the future is of now.
    func createdAt(_ now: Timestamp) -> Timestamp {
        guard let published, published > 0 else { return now }
        return Timestamp(milliseconds: min(published, now.milliseconds))
    }

    /// When it was last changed; nil when it does not say.
    func editedAt(_ now: Timestamp) -> Timestamp? {
        updated.map { Timestamp(milliseconds: min($0, now.milliseconds)) }
    }

    /// Puts in what an edit may change.
    func fill(_ status: inout Storage.Status, in tx: Transaction) throws {
        status.content = content
        status.spoiler = spoiler
        status.sensitive = sensitive
        status.language = language
        status.url = url
        status.emojis = try StoredActor.keep(emojis, of: uri, in: tx)
        status.conversation = conversation
    }
}
