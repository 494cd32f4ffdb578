import ActivityPub
import Basics
import Storage

extension NoteIntake {
    /// What a newer description of a known post was.
    enum Change: Sendable {
        /// Nothing, or older than what is known.
        case none
        /// Only numbers, rights and descriptions.
        case refreshed
        /// The author changed what it says.
        case edited
    }

    /// Stores the post with everything that belongs to it.
    func insert(author: ActorID, identity: Identity, at now: Timestamp, in tx: Transaction) throws -> StatusID
    {
        let followers = try Actors.followersURI(of: author, in: tx)
        var status = Storage.Status(
            uri: uri, actor: author, createdAt: createdAt(now), visibility: visibility(followers: followers))
        try answer(&status, identity: identity, in: tx)
        try fill(&status, in: tx)
        tell(&status, followers: followers, identity: identity)
        if let edited = editedAt(now), edited > status.createdAt { status.editedAt = edited }
        let id = try Statuses.insert(status, in: tx)
        try insertParts(of: id, author: author, identity: identity, at: now, in: tx)
        if addresses(identity) && !names(identity) {
            // Addressed without being named: kept as a mention, so that the owner may see it, but announced only when
            // it is for them alone; Lemmy and Pleroma name nobody in such letters.
            try Mentions.insert(status: id, actor: identity.owner, in: tx)
            if status.visibility != .direct { _ = try SeenActivities.mark(uri, at: now, in: tx) }
        }
        if status.visibility == .direct {
            try Conversations.add(id, owner: identity.owner, at: now, in: tx)
        }
        return id
    }

    /// Brings a known post up to date with this description of it: an edit when its author says that they made one
    /// later than the last known, else only what changes without being edited.
    @discardableResult
    func renew(
        _ known: Storage.Status, identity: Identity, at now: Timestamp, in tx: Transaction
    ) throws -> Change {
        var status = known
        tell(&status, followers: try Actors.followersURI(of: known.actor, in: tx), identity: identity)
        let edited = editedAt(now)
        if let last = known.editedAt, (edited ?? known.createdAt) < last { return .none }
        if let edited, edited > (known.editedAt ?? known.createdAt) {
            try StatusEdits.keep(known, in: tx)
            try fill(&status, in: tx)
            status.editedAt = edited
            try Statuses.update(status, in: tx)
            let concernsOwner = try stillConcerns(identity, known, in: tx)
            try Mentions.removeAll(of: known.id, in: tx)
            try Hashtags.removeAll(of: known.id, in: tx)
            try Attachments.detachAll(from: known.id, at: now, in: tx)
            if poll == nil { try Polls.remove(known.id, in: tx) }
            if quote == nil { try Quotes.remove(known.id, in: tx) }
            try insertParts(of: known.id, author: known.actor, identity: identity, at: now, in: tx)
            if concernsOwner { try Mentions.insert(status: known.id, actor: identity.owner, in: tx) }
            if status.visibility == .direct {
                // The edit may name the owner for the first time.
                try Conversations.add(known.id, owner: identity.owner, at: now, in: tx)
            }
            return .edited
        }
        try Statuses.refresh(status, in: tx)
        try describe(known.id, in: tx)
        try quote?.save(known.id, uri: uri, by: known.actor, identity: identity, at: now, in: tx)
        try poll?.save(known.id, at: now, in: tx)
        return .refreshed
    }

    /// Finds what it answers. A post of the owner's that its author cannot see is not answered.
    private func answer(_ status: inout Storage.Status, identity: Identity, in tx: Transaction) throws {
        guard let inReplyTo else { return }
        let own = identity.ownStatus(inReplyTo)
        guard let parent = try own ?? Statuses.id(forURI: inReplyTo, in: tx),
            let found = try Statuses.find(parent, in: tx), found.reblogOf == nil
        else {
            if !identity.isOwn(inReplyTo) { status.inReplyToURI = inReplyTo }
            return
        }
        if own != nil, try !Sight.of(found, by: status.actor, in: tx) { return }
        // Two that answer each other answer nothing.
        if let further = found.inReplyToURI, ObjectID.same(further, uri) { return }
        status.inReplyTo = found.id
        status.inReplyToActor = found.actor
    }

    /// What its server says of the post besides its text.
    private func tell(_ status: inout Storage.Status, followers: String?, identity: Identity) {
        status.rights = RightsIntake.rights(
            policy, author: author, followers: followers, owner: identity.actor)
        status.repliesURI = repliesURI ?? status.repliesURI
        status.toldLikes = likes ?? status.toldLikes
        status.toldShares = shares ?? status.toldShares
    }

    /// Whether the owner, who could see the post, still can although the edit need not name them.
    private func stillConcerns(
        _ identity: Identity, _ known: Storage.Status, in tx: Transaction
    ) throws -> Bool {
        guard addresses(identity) || !known.visibility.isOpen else { return false }
        return try Mentions.contains(status: known.id, actor: identity.owner, in: tx)
    }

    private func insertParts(
        of id: StatusID, author: ActorID, identity: Identity, at now: Timestamp, in tx: Transaction
    ) throws {
        for (href, name) in mentions {
            guard let actor = try mentioned(href, name, identity: identity, at: now, in: tx) else { continue }
            try Mentions.insert(status: id, actor: actor, in: tx)
        }
        for hashtag in Set(hashtags.map { $0.lowercased() }).sorted() {
            try Hashtags.insert(hashtag, status: id, in: tx)
        }
        for (position, document) in attachments.enumerated() {
            _ = try Attachments.insert(document.stored(of: id, at: now), position: position, in: tx)
        }
        try poll?.save(id, at: now, in: tx)
        try quote?.save(id, uri: uri, by: author, identity: identity, at: now, in: tx)
    }

    /// The row of somebody who is named; somebody unknown is kept by address and name.
    private func mentioned(
        _ href: String, _ name: String?, identity: Identity, at now: Timestamp, in tx: Transaction
    ) throws -> ActorID? {
        if href == identity.actor || href == identity.profile { return identity.owner }
        if identity.isOwn(href) { return nil }
        if let known = try Actors.id(forURI: href, in: tx) { return known }
        guard let origin = ObjectID.origin(of: href), let host = origin.split(separator: "/").last else {
            return nil
        }
        let handle = (name ?? "").drop { $0 == "@" }.split(separator: "@", maxSplits: 1)
        guard let username = handle.first, username.utf8.count <= 128 else { return nil }
        return try Actors.stub(
            uri: href, username: String(username), domain: String(host), url: nil, at: now, in: tx)
    }
}
