import ActivityPub
import Crypto
import JSON
import Storage

extension ActorRendering {
    /// The key that proves what the owner wrote (FEP-521a), as a Multikey; nil when there is none that works.
    static func proofKey(of owner: Owner) -> String? {
        guard let seed = owner.proofSeed.flatMap({ Hex.decode($0) }),
            let key = try? Ed25519PrivateKey(seed: seed)
        else { return nil }
        return Multikey.encode(ed25519: key.rawPublicKey)
    }

    func write(proofKey: String, to writer: inout JSONWriter) {
        writer.array("assertionMethod") { list in
            list.object {
                $0.field("id", identity.proofKeyID)
                $0.field("type", "Multikey")
                $0.field("controller", identity.actor)
                $0.field("publicKeyMultibase", proofKey)
            }
        }
    }
}
