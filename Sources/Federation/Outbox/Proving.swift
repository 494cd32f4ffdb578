import ActivityPub
package import Basics
import Crypto
package import Storage

/// Proves that documents are the owner's, with a key that the owner's actor lists. FEP-8b32.
package struct Proving: Sendable {
    private let seed: [UInt8]
    private let keyID: String
    private let clock: Clock

    /// Nil when the owner has no such key.
    package init?(identity: Identity, owner: Owner, clock: Clock) {
        guard let seed = owner.proofSeed.flatMap({ Hex.decode($0) }), seed.count == 32 else { return nil }
        self.seed = seed
        self.clock = clock
        keyID = identity.proofKeyID
    }

    /// The document with a proof; as it is, when that fails: it is signed on its way all the same.
    package func prove(_ document: [UInt8]) -> [UInt8] {
        do {
            return try IntegrityProof.sign(
                document, key: Ed25519PrivateKey(seed: seed), keyID: keyID, created: clock.now().seconds)
        } catch {
            return document
        }
    }
}
