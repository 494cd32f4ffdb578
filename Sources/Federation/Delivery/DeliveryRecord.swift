import Basics
import Storage

/// What is written down about an attempt: that it is over, or when the next one is, and what it says of the host.
struct DeliveryRecord {
    let due: Deliveries.Due
    /// What was sent; nil when nothing was.
    let letter: Deliveries.Sending?
    /// Whether the host answered, and not with trouble of its own, so that it is alive.
    let isAlive: Bool
    let identity: Identity
    let now: Timestamp

    func write(_ outcome: DeliveryOutcome, in tx: Transaction) throws {
        let wasFailing = try isAlive && Hosts.failures(of: due.host, in: tx).count > 0
        if isAlive { try Hosts.succeeded(due.host, in: tx) }
        switch outcome {
        case .delivered:
            try Deliveries.settle(due, containing: letter?.contains, in: tx)
            try note(nil, in: tx)
            try Inboxes.found(due.inbox, in: tx)
        case .needless:
            try Deliveries.settle(due, containing: nil, in: tx)
        case .cancelled(let last):
            try Deliveries.cancel(due, through: last, in: tx)
        case .refused(let reason):
            try Deliveries.settle(due, containing: nil, in: tx)
            try note(reason, in: tx)
        case .missing:
            try Deliveries.settle(due, containing: nil, in: tx)
            try note("HTTP 404", in: tx)
            if try Inboxes.missed(due.inbox, at: now, in: tx) { try dropFollowers(in: tx) }
        case .gone:
            try note("HTTP 410", in: tx)
            try Deliveries.abandon(inbox: due.inbox, in: tx)
            try dropFollowers(in: tx)
            if try Inboxes.isShared(due.inbox, in: tx) { try Hosts.close(due.host, at: now, in: tx) }
        case .postponed(let reason, let after, let attempts, let isUnsure):
            // Attempts that did not get through say nothing about what the host thinks of this item.
            guard due.attempts + 1 < attempts || wasFailing else {
                try Deliveries.settle(due, containing: nil, in: tx)
                return try note(reason, in: tx)
            }
            try postpone(after: after, isUnsure: isUnsure, in: tx)
        case .later(let reason, let after, let isUnsure):
            try postpone(after: after, isUnsure: isUnsure, in: tx)
            try fail(reason, in: tx)
        }
    }

    private func postpone(after: Duration?, isUnsure: Bool, in tx: Transaction) throws {
        let delay = DeliveryPolicy.delay(afterAttempt: due.attempts + 1, jitter: .random(in: 0...1))
        try Deliveries.postpone(
            inbox: due.inbox, item: due.item, until: now + max(after ?? .zero, delay), isUnsure: isUnsure,
            in: tx)
    }

    private func fail(_ reason: String, in tx: Transaction) throws {
        let (failures, since) = try Hosts.failures(of: due.host, in: tx)
        let isDead = since.map { now - $0 >= DeliveryPolicy.patience } ?? false
        let pause = DeliveryPolicy.pause(afterFailures: failures + 1) ?? .zero
        try Hosts.failed(
            due.host, error: reason, at: now, nextAttempt: now + pause, isDead: isDead, in: tx)
        if isDead { try Deliveries.abandon(host: due.host, in: tx) }
    }

    /// The owner can see who has a post.
    private func note(_ reason: String?, in tx: Transaction) throws {
        guard let letter, let status = letter.status, letter.kind != "Delete" else { return }
        try Deliveries.note(status, host: due.host, reason: reason, at: now, in: tx)
    }

    private func dropFollowers(in tx: Transaction) throws {
        for follower in try Inboxes.followers(of: due.inbox, in: tx) {
            _ = try Followers.remove(follower, owner: identity.owner, in: tx)
        }
    }
}
