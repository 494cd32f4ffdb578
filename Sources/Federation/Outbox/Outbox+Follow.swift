import Basics
package import Storage

extension Outbox {
    /// Asks to follow somebody, or changes what is wanted of somebody who is followed already.
    package func follow(_ actor: ActorID, reblogs: Bool, notify: Bool, in tx: Transaction) throws {
        if try Following.find(actor, in: tx) != nil {
            return try Following.adjust(actor, reblogs: reblogs, notify: notify, in: tx)
        }
        guard actor != identity.owner, let target = try Actors.find(actor, in: tx) else { return }
        let id = newActivityID()
        // Stored first: the answer may come before the delivery is recorded.
        try Following.request(actor, uri: id, reblogs: reblogs, notify: notify, in: tx)
        try send("Follow", rendering.follow(id: id, target: target.uri), id: id, to: actor, in: tx)
    }

    /// Ends a follow or the wish for one; their posts leave the home timeline.
    package func unfollow(_ actor: ActorID, in tx: Transaction) throws {
        guard let follow = try Following.remove(actor, owner: identity.owner, in: tx),
            let target = try Actors.find(actor, in: tx)
        else { return }
        try HomeTimeline.remove(from: actor, in: tx)
        let inner = embedded.follow(id: follow.uri, target: target.uri)
        try send(
            "Undo", rendering.undo(id: newActivityID(), inner: inner, to: [target.uri], cc: []),
            cancels: follow.uri, to: actor, in: tx)
    }

    /// Answers somebody's Follow, whose id is given as they sent it. Only the newest answer goes out.
    func answer(_ answer: Answer, follow id: String, of actor: ActorID, in tx: Transaction) throws {
        guard let follower = try Actors.find(actor, in: tx) else { return }
        let follow = (id: id, actor: follower.uri)
        let subject = "follow by \(follower.uri)"
        switch answer {
        case .accept:
            try reply(
                "Accept", rendering.accept(id: newActivityID(), follow: follow), about: subject, to: actor,
                in: tx)
        case .reject:
            try reply(
                "Reject", rendering.reject(id: newActivityID(), follow: follow), about: subject, to: actor,
                in: tx)
        }
    }

    /// Lets somebody follow who asked to.
    package func acceptFollower(_ actor: ActorID, in tx: Transaction) throws {
        guard let id = try FollowRequests.remove(actor, in: tx) else { return }
        try Notifications.remove(.followRequest, from: actor, status: nil, in: tx)
        if try Followers.insert(actor, uri: id, owner: identity.owner, at: clock.now(), in: tx) {
            try Notifications.add(.follow, from: actor, status: nil, at: clock.now(), in: tx)
        }
        try answer(.accept, follow: id, of: actor, in: tx)
    }

    /// Refuses somebody who asked to follow, or ends that they do.
    package func rejectFollower(_ actor: ActorID, in tx: Transaction) throws {
        let asked = try FollowRequests.remove(actor, in: tx)
        let followed = try Followers.remove(actor, owner: identity.owner, in: tx)
        try Notifications.remove(.followRequest, from: actor, status: nil, in: tx)
        guard let id = asked ?? followed else { return }
        try answer(.reject, follow: id, of: actor, in: tx)
    }
}
