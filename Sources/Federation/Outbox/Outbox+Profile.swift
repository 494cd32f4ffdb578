import Basics
package import Storage

extension Outbox {
    /// Tells followers that the owner's profile changed. Call it when the new one is stored.
    package func updateProfile(in tx: Transaction) throws {
        tx.announce(.owner)
        guard let actor = try ActorRendering(identity: identity).actor(in: tx) else { return }
        try sendToFollowers(
            "Update", rendering.updateProfile(id: newActivityID(), actor: actor), concerns: identity.actor,
            in: tx)
    }
}
