import Basics
import Crypto
import Federation
import HTTP
import MastodonAPI
import Storage

/// What `islet init` writes and everything else starts from.
enum Account {
    /// What a new account is made of.
    struct Wishes {
        var domain: String
        var accountDomain: String
        var origin: String
        var username: String
        var displayName: String
        var password: String
    }

    /// Names that Mastodon accepts from everywhere.
    static func isValid(username: String) -> Bool {
        1...30 ~= username.utf8.count
            && username.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Stores the account with fresh keys.
    static func create(_ wishes: Wishes, in store: Store) async throws {
        let now = Timestamp.current()
        let ownerKey = try RSAPrivateKey.generate(bits: 2048)
        let instanceKey = try RSAPrivateKey.generate(bits: 2048)
        let password = try PasswordHash.make(wishes.password)
        try await store.write { tx in
            let actorURI = "\(wishes.origin)/users/\(wishes.username)"
            var actor = Actor(uri: actorURI, username: wishes.username, domain: nil, createdAt: now)
            actor.name = wishes.displayName
            actor.keyID = "\(actorURI)#main-key"
            actor.keyPEM = ownerKey.publicPEM
            actor.followersURI = "\(actorURI)/followers"
            actor.url = "\(wishes.origin)/@\(wishes.username)"
            actor.discoverable = true
            actor.fetchedAt = now
            let id = try Actors.save(actor, in: tx)
            var owner = Owner(
                actor: id, password: password, privateKey: ownerKey.pem, instanceKey: instanceKey.pem,
                instancePublicKey: instanceKey.publicPEM)
            owner.proofSeed = Hex.encode(try Ed25519PrivateKey.generate().seed)
            try owner.save(in: tx)
            try Settings.set(.domain, to: wishes.domain, in: tx)
            try Settings.set(.accountDomain, to: wishes.accountDomain, in: tx)
            try Settings.set(.url, to: wishes.origin, in: tx)
            try Settings.set(.username, to: wishes.username, in: tx)
            try Settings.set(.createdAt, to: String(now.milliseconds), in: tx)
        }
    }

    /// What signs the addresses of others' files.
    private static func mediaSecret(in snapshot: Snapshot) throws -> [UInt8] {
        guard let secret = try Settings.text(.mediaSecret, in: snapshot).flatMap(Hex.decode), !secret.isEmpty
        else { throw Failure(.badData, "The database is not complete: the setting mediaSecret is missing.") }
        return secret
    }

    /// Makes what accounts of earlier versions do not have.
    static func complete(_ store: Store) async throws {
        try await PushKey.complete(store)
        guard let owner = try store.read({ try Owner.load(in: $0) }), owner.proofSeed == nil else { return }
        let seed = Hex.encode(try Ed25519PrivateKey.generate().seed)
        try await store.write { tx in
            guard var owner = try Owner.load(in: tx), owner.proofSeed == nil else { return }
            owner.proofSeed = seed
            try owner.save(in: tx)
        }
    }

    /// Who this server is, by what `init` wrote and the configuration.
    static func load(_ store: Store, _ configuration: Configuration) throws -> (Identity, Owner) {
        try store.read { snapshot in
            guard let owner = try Owner.load(in: snapshot), let url = try Settings.text(.url, in: snapshot),
                let domain = try Settings.text(.domain, in: snapshot),
                let username = try Settings.text(.username, in: snapshot)
            else {
                throw Failure(.unavailable, "There is no account in this folder; «islet init» makes one.")
            }
            let origin = configuration["url"].flatMap { WebURL($0)?.origin } ?? url
            let identity = Identity(
                origin: origin, host: WebURL(origin)?.authority ?? domain,
                accountDomain: try Settings.text(.accountDomain, in: snapshot) ?? domain, username: username,
                owner: owner.actor, mediaSecret: try mediaSecret(in: snapshot))
            return (identity, owner)
        }
    }
}
