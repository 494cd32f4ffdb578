import Storage

/// Who gets what. <https://www.w3.org/TR/activitypub/#delivery>
extension Outbox {
    /// Inboxes; those of people who are named or answered come before the others.
    struct Recipients {
        var first: [Int64] = []
        var others: [Int64] = []
    }

    /// Those who get a new post of the owner's.
    ///
    /// An answer that its parent's author must let pass first goes to that author alone. Their leave, when it comes,
    /// changes nothing yet: the answer is not sent again to the others.
    func recipients(of status: Status, in tx: Transaction) throws -> Recipients {
        try withheld(status, in: tx) ?? addressees(of: status, in: tx)
    }

    /// Those who are to hear that a post changed.
    func recipients(ofChangeTo status: Status, in tx: Transaction) throws -> Recipients {
        try withheld(status, in: tx) ?? everybody(with: status, in: tx)
    }

    /// Those who may have a post: whom it is for, whom an edit took out of it, and, as far as anybody may have it,
    /// whoever did something with it.
    func everybody(with status: Status, in tx: Transaction) throws -> Recipients {
        var recipients = try addressees(of: status, in: tx)
        recipients.others += try inboxes(
            of: Mentions.former(of: status.id, in: tx), shared: status.visibility != .direct, in: tx)
        guard status.visibility.isOpen else { return recipients }
        recipients.others += try Deliveries.reach(of: status.id, in: tx)
        recipients.others += try Quotes.reach(of: status.id, in: tx)
        recipients.others += try inboxes(
            of: Polls.voters(of: status.id, except: identity.owner, in: tx), shared: true, in: tx)
        return recipients
    }

    private func addressees(of status: Status, in tx: Transaction) throws -> Recipients {
        let mentions = try Mentions.of("[\(status.id)]", in: tx)[status.id] ?? []
        let shared = status.visibility != .direct
        var recipients = Recipients(
            first: try inboxes(of: mentions.map(\.actor), shared: shared, in: tx))
        if status.visibility.isOpen {
            let named = try [status.inReplyToActor, NoteParts.group(of: status, in: tx)?.id]
            recipients.first += try inboxes(of: named.compactMap(\.self), shared: true, in: tx)
        }
        recipients.others = status.visibility == .direct ? [] : try Deliveries.followerInboxes(in: tx)
        return recipients
    }

    /// The author of the parent, when they have to let this answer pass; else nil.
    private func withheld(_ status: Status, in tx: Transaction) throws -> Recipients? {
        guard let parent = try status.inReplyTo.flatMap({ try Statuses.find($0, in: tx) }),
            try needsLeave(for: .reply, with: parent, in: tx)
        else { return nil }
        return Recipients(first: try inboxes(of: [parent.actor], shared: true, in: tx))
    }

    /// Whether an author who restricts what others do with a post has to let the owner do this: it is neither allowed
    /// at once nor left unsaid. It is then delivered to the author alone, who may answer.
    ///
    /// <https://docs.gotosocial.org/en/latest/federation/interaction_controls/>
    func needsLeave(
        for act: InteractionRights.Act, with status: Status, in tx: Transaction
    ) throws -> Bool {
        guard status.actor != identity.owner, let automatic = status.rights?[act]?.automatic,
            automatic.isDisjoint(with: [.everybody, .owner])
        else { return false }
        if try automatic.contains(.followers) && Following.contains(status.actor, in: tx) { return false }
        if try automatic.contains(.following) && Followers.contains(status.actor, in: tx) { return false }
        // Whoever is named may always answer.
        return try act != .reply || !Mentions.contains(status: status.id, actor: identity.owner, in: tx)
    }
}
