package import Basics
import SQLite

/// What only the owner's account has: keys, password, defaults. The public side is an actor like any other.
package struct Owner: Sendable {
    package var actor: ActorID
    /// As `PasswordHash` made it.
    package var password: String
    /// PKCS#8 PEM of the key that signs what the owner does.
    package var privateKey: String
    /// PKCS#8 and SPKI PEM of the key that signs what the server fetches.
    package var instanceKey: String
    package var instancePublicKey: String
    /// The profile text as typed.
    package var note = ""
    /// JSON: `[{"name": …, "value": …, "verified": …}]` as typed; the last is when the page was last seen to link back,
    /// in milliseconds since 1970.
    package var fields = "[]"
    package var avatarDescription = ""
    package var headerDescription = ""
    package var hidesCollections = false
    /// Sites that may name the owner as their author, in lower case.
    package var attributionDomains: [String] = []
    package var tabs = Tabs.all
    /// When the pages in the fields were last looked at; 0 when that is to be done again.
    package var fieldsCheckedAt = Timestamp(milliseconds: 0)

    // Defaults of new posts.
    package var visibility = Visibility.public
    package var sensitive = false
    package var language: String?
    package var quotePolicy = QuotePolicy.everybody
    /// Whether the text is Markdown.
    package var isMarkdown = false
    /// Hexadecimal digits of the seed of the Ed25519 key that proves what the owner wrote (FEP-8b32).
    package var proofSeed: String?

    package init(
        actor: ActorID, password: String, privateKey: String, instanceKey: String, instancePublicKey: String
    ) {
        self.actor = actor
        self.password = password
        self.privateKey = privateKey
        self.instanceKey = instanceKey
        self.instancePublicKey = instancePublicKey
    }
}

extension Owner {
    package static func load(in snapshot: Snapshot) throws -> Owner? {
        try snapshot.db.first(
            """
            SELECT actor, password, private_key, instance_key, instance_public_key, note, fields, visibility,
                   sensitive, language, hides_collections, proof_seed, quote_policy, markdown, avatar_description,
                   header_description, attribution_domains, tabs, fields_checked_at FROM owner
            """
        ) { row in
            var owner = Owner(
                actor: ActorID(row.int64(0)), password: row.text(1), privateKey: row.text(2),
                instanceKey: row.text(3), instancePublicKey: row.text(4))
            owner.note = row.text(5)
            owner.fields = row.text(6)
            owner.visibility = Visibility(rawValue: row.int(7)) ?? .public
            owner.sensitive = row.bool(8)
            owner.language = row.textOrNil(9)
            owner.hidesCollections = row.bool(10)
            owner.proofSeed = row.textOrNil(11)
            owner.quotePolicy = QuotePolicy(rawValue: row.int(12)) ?? .everybody
            owner.isMarkdown = row.bool(13)
            owner.avatarDescription = row.text(14)
            owner.headerDescription = row.text(15)
            owner.attributionDomains = row.text(16).split(separator: " ").map { String($0) }
            owner.tabs = Tabs(rawValue: row.int(17))
            owner.fieldsCheckedAt = Timestamp(milliseconds: row.int64(18))
            return owner
        }
    }

    /// Writes what this value holds; columns that others keep stay.
    package func save(in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT INTO owner (actor, password, private_key, instance_key, instance_public_key, note, fields,
                visibility, sensitive, language, hides_collections, proof_seed, quote_policy, markdown,
                avatar_description, header_description, attribution_domains, tabs, fields_checked_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (actor) DO UPDATE SET password = excluded.password, private_key = excluded.private_key,
                instance_key = excluded.instance_key, instance_public_key = excluded.instance_public_key,
                note = excluded.note, fields = excluded.fields, visibility = excluded.visibility,
                sensitive = excluded.sensitive, language = excluded.language,
                hides_collections = excluded.hides_collections, proof_seed = excluded.proof_seed,
                quote_policy = excluded.quote_policy, markdown = excluded.markdown,
                avatar_description = excluded.avatar_description,
                header_description = excluded.header_description,
                attribution_domains = excluded.attribution_domains, tabs = excluded.tabs,
                fields_checked_at = excluded.fields_checked_at
            """,
            actor, password, privateKey, instanceKey, instancePublicKey, note, fields, visibility.rawValue,
            sensitive, language, hidesCollections, proofSeed, quotePolicy.rawValue, isMarkdown,
            avatarDescription, headerDescription, attributionDomains.joined(separator: " "), tabs.rawValue,
            fieldsCheckedAt.milliseconds)
        tx.announce(.owner)
    }
}

/// Who may quote the owner's posts when one says nothing. The numbers are stored.
package enum QuotePolicy: Int, Sendable {
    case everybody = 0
    case followers = 1
    case nobody = 2
}

/// What an app shows on the owner's profile besides the posts.
package struct Tabs: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let media = Tabs(rawValue: 1)
    package static let mediaOfReplies = Tabs(rawValue: 2)
    package static let featured = Tabs(rawValue: 4)
    package static let all: Tabs = [.media, .mediaOfReplies, .featured]
}

/// Who may see a post. The numbers are stored.
package enum Visibility: Int, Sendable {
    case `public` = 0
    case unlisted = 1
    case `private` = 2
    case direct = 3

    /// Whether anybody may read it, signed in or not.
    package var isOpen: Bool { self == .public || self == .unlisted }
}
