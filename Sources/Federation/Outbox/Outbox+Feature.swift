import Basics
import HTTP
package import Storage

/// What the owner's profile shows first. <https://docs.joinmastodon.org/spec/activitypub/#featured>
extension Outbox {
    /// Pins a post of the owner's; doing it twice changes nothing. Others hear of it when anybody may read the post.
    package func pin(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try pinnable(id, in: tx), try !Pins.contains(id, in: tx) else { return }
        try Pins.insert(id, at: clock.now(), in: tx)
        guard status.visibility.isOpen else { return }
        try sendToFollowers("Add", rendering.add(id: newActivityID(), .post(status.uri)), in: tx)
    }

    package func unpin(_ id: StatusID, in tx: Transaction) throws {
        guard let status = try pinnable(id, in: tx), try Pins.contains(id, in: tx) else { return }
        try Pins.remove(id, in: tx)
        guard status.visibility.isOpen else { return }
        try sendToFollowers("Remove", rendering.remove(id: newActivityID(), .post(status.uri)), in: tx)
    }

    private func pinnable(_ id: StatusID, in tx: Transaction) throws -> Storage.Status? {
        guard let status = try Statuses.find(id, in: tx), status.actor == identity.owner,
            status.reblogOf == nil
        else { return nil }
        return status
    }

    /// Shows a hashtag on the profile; beyond the bound of `FeaturedTags` nothing happens.
    ///
    /// - Parameter name: without `#`.
    package func featureTag(_ name: String, in tx: Transaction) throws {
        let stored = name.lowercased()
        guard try !FeaturedTags.of(identity.owner, in: tx).contains(stored),
            try FeaturedTags.insert(stored, of: identity.owner, at: clock.now(), in: tx)
        else { return }
        try sendToFollowers("Add", rendering.add(id: newActivityID(), hashtag(name)), in: tx)
    }

    package func unfeatureTag(_ name: String, in tx: Transaction) throws {
        let stored = name.lowercased()
        guard try FeaturedTags.of(identity.owner, in: tx).contains(stored) else { return }
        try FeaturedTags.remove(stored, of: identity.owner, in: tx)
        try sendToFollowers("Remove", rendering.remove(id: newActivityID(), hashtag(name)), in: tx)
    }

    private func hashtag(_ name: String) -> ActivityRendering.Featured {
        .hashtag(
            name: "#" + name, href: identity.hashtag(PercentCoding.encodeSegment(name.lowercased())))
    }
}
