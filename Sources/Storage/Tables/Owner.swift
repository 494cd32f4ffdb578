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
    /// JSON: `[{"name": …, "value": …}]` as typed.
    package var fields = "[]"
    package var visibility = Visibility.public
    package var sensitive = false
    package var language: String?
    package var hidesCollections = false
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
                   sensitive, language, hides_collections, proof_seed FROM owner
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
            return owner
        }
    }

    package func save(in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT OR REPLACE INTO owner (actor, password, private_key, instance_key, instance_public_key, note,
                fields, visibility, sensitive, language, hides_collections, proof_seed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            actor, password, privateKey, instanceKey, instancePublicKey, note, fields, visibility.rawValue,
            sensitive, language, hidesCollections, proofSeed)
        tx.announce(.owner)
    }
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
