package import Basics
package import Storage

/// Why a vote is not taken.
package enum PollRefusal: Error, Sendable {
    case over
    case alreadyVoted
    case noSuchOption
    case tooManyChoices
}

/// Polls of the owner's and of others. FEP-9967.
extension Outbox {
    /// How long others are left alone with the numbers of a poll after they were told them.
    private static let pause = Duration.seconds(180)
    /// Polls that are closed at a time.
    private static let mostClosed = 50

    /// Votes for the owner; others' polls are told of it, in one activity for each choice.
    ///
    /// - Parameter choices: positions of the options.
    /// - Throws: `PollRefusal`.
    package func vote(_ choices: [Int], on id: StatusID, in tx: Transaction) throws {
        let chosen = Set(choices).sorted()
        guard let poll = try Polls.find(id, in: tx), let status = try Statuses.find(id, in: tx),
            !chosen.isEmpty, chosen.allSatisfy(poll.options.indices.contains)
        else { throw PollRefusal.noSuchOption }
        guard !poll.isOver(at: clock.now()) else { throw PollRefusal.over }
        guard poll.isMultiple || chosen.count == 1 else { throw PollRefusal.tooManyChoices }
        guard try Polls.choices(of: identity.owner, in: id, tx).isEmpty else {
            throw PollRefusal.alreadyVoted
        }
        for choice in chosen { _ = try Polls.vote(choice, by: identity.owner, in: id, tx) }
        guard status.actor != identity.owner else { return try tellTallies(of: id, in: tx) }
        guard let author = try Actors.find(status.actor, in: tx) else { return }
        for choice in chosen {
            let body = rendering.vote(
                id: newActivityID(), option: poll.options[choice].name, poll: status.uri, author: author.uri)
            try send("Create", body, to: author.id, in: tx)
        }
    }

    /// Tells others the numbers of a poll of the owner's, unless they were told a moment ago: then they learn them
    /// with a later vote, or at the end.
    package func tellTallies(of id: StatusID, in tx: Transaction) throws {
        let now = clock.now()
        guard let poll = try Polls.find(id, in: tx), let status = try Statuses.find(id, in: tx),
            status.actor == identity.owner, poll.toldAt.map({ now - $0 >= Outbox.pause }) ?? true
        else { return }
        try Polls.told(id, at: now, in: tx)
        try refresh(id, in: tx)
    }

    /// Closes polls that ended, some at a time: of the owner's everybody is told the final numbers, of others' in
    /// which the owner voted the owner is told.
    ///
    /// - Returns: how many there were; 0 when none is left.
    package func closePolls(at now: Timestamp, in tx: Transaction) throws -> Int {
        let ended = try Polls.ended(at: now, limit: Outbox.mostClosed, in: tx)
        for id in ended {
            try Polls.close(id, in: tx)
            guard let status = try Statuses.find(id, in: tx) else { continue }
            if status.actor == identity.owner {
                try refresh(id, in: tx)
                try Notifications.add(.poll, from: identity.owner, status: id, at: now, in: tx)
            } else if try !Polls.choices(of: identity.owner, in: id, tx).isEmpty,
                try !Blocks.contains(status.actor, in: tx)
            {
                try Notifications.add(.poll, from: status.actor, status: id, at: now, in: tx)
            }
        }
        return ended.count
    }
}
