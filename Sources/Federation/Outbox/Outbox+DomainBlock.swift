package import Storage

extension Outbox {
    /// Wants nothing to do with a host and its subdomains any more. Nobody there is told: it is not contacted again.
    ///
    /// - Parameter domain: in Punycode.
    package func blockDomain(_ domain: String, in tx: Transaction) throws {
        let domain = domain.lowercased()
        guard mayBlock(domain) else { return }
        try DomainBlocks.insert(domain, in: tx)
        for actor in try DomainBlocks.actors(of: domain, in: tx) { try cutTies(with: actor, in: tx) }
        try Deliveries.abandon(domain: domain, in: tx)
    }

    /// The same for many, which costs one look through all people instead of one each.
    package func blockDomains(_ domains: Set<String>, in tx: Transaction) throws {
        let wanted = Set(domains.map { $0.lowercased() }.filter(mayBlock))
        guard !wanted.isEmpty else { return }
        for domain in wanted.sorted() { try DomainBlocks.insert(domain, in: tx) }
        for actor in try DomainBlocks.actors(ofAny: wanted, in: tx) { try cutTies(with: actor, in: tx) }
        try Deliveries.abandon(domains: wanted, in: tx)
    }

    /// Whether the owner's own server is not meant.
    private func mayBlock(_ domain: String) -> Bool {
        !domain.isEmpty && domain != identity.host && domain != identity.accountDomain
    }

    private func cutTies(with actor: ActorID, in tx: Transaction) throws {
        _ = try Following.remove(actor, owner: identity.owner, in: tx)
        _ = try Followers.remove(actor, owner: identity.owner, in: tx)
        _ = try FollowRequests.remove(actor, in: tx)
        try HomeTimeline.remove(from: actor, in: tx)
        try Notifications.removeAll(from: actor, in: tx)
    }

    /// Lets a host be contacted again; ties that were cut stay so.
    package func unblockDomain(_ domain: String, in tx: Transaction) throws {
        try DomainBlocks.remove(domain.lowercased(), in: tx)
    }
}
