import Basics
import Federation
package import Storage

extension House {
    /// A post to the owner, stored as it is when it comes from another server.
    @discardableResult
    package func makeLetter(
        from actor: ActorID, with others: [ActorID] = [], inReplyTo parent: StatusID? = nil,
        _ visibility: Visibility = .direct
    ) async throws -> StatusID {
        let id = try await makeStatus(by: actor, visibility: visibility, inReplyTo: parent, isHome: false)
        let now = time.now
        let owner = identity.owner
        try await store.write { tx in
            for person in [owner] + others { try Mentions.insert(status: id, actor: person, in: tx) }
            try Conversations.add(id, owner: owner, at: now, in: tx)
            try Notifications.add(.mention, from: actor, status: id, at: now, in: tx)
        }
        return id
    }
}
