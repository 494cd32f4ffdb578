package import Storage

extension Outbox {
    /// Wants nothing to do with a host and its subdomains any more. Nobody there is told: it is not contacted again.
    ///
    /// - Parameter domain: in Punycode.
    package func blockDomain(_ domain: String, in tx: Transaction) throws {
        let domain = domain.lowercased()
        guard !domain.isEmpty, domain != identity.host, domain != identity.accountDomain else { return }
        try DomainBlocks.insert(domain, in: tx)
        for actor in try DomainBlocks.actors(of: domain, in: tx) {
            _ = try Following.remove(actor, owner: identity.owner, in: tx)
            _ = try Followers.remove(actor, owner: identity.owner, in: tx)
            _ = try FollowRequests.remove(actor, in: tx)
            try HomeTimeline.remove(from: actor, in: tx)
            try Notifications.removeAll(from: actor, in: tx)
        }
        try Deliveries.abandon(domain: domain, in: tx)
    }

    /// Lets a host be contacted again; ties that were cut stay so.
    package func unblockDomain(_ domain: String, in tx: Transaction) throws {
        try DomainBlocks.remove(domain.lowercased(), in: tx)
    }
}
