import Federation
package import Storage

/// What a story looks at.
extension Islet {
    package var handle: String { "\(identity.username)@\(identity.accountDomain)" }

    package func read<Result>(_ body: (Snapshot) throws -> Result) throws -> Result {
        try store.read(body)
    }

    /// The row of somebody.
    package func actor(_ uri: String) throws -> Actor? {
        try read { try Actors.find(uri: uri, in: $0) }
    }

    package func status(_ uri: String) throws -> Status? {
        try read { try Statuses.find(uri: uri, in: $0) }
    }

    /// What the home timeline shows, newest first: the addresses of posts, of a boost that of the boosted one.
    package func home() throws -> [String] {
        try read { snapshot in
            try HomeTimeline.page(Page(limit: 100), in: snapshot).compactMap { id in
                guard let status = try Statuses.find(id, in: snapshot) else { return nil }
                return try status.reblogOf.map { try Statuses.find($0, in: snapshot)?.uri ?? "?" }
                    ?? status.uri
            }
        }
    }

    /// Kinds of notifications and who caused them, the oldest first.
    package func notifications() throws -> [String] {
        try read { snapshot in
            let all = try Notifications.page(
                Page(limit: 100), kinds: Set(Notification.Kind.allCases), actor: nil, in: snapshot)
            return try all.reversed().map {
                "\($0.kind) \(try Actors.find($0.actor, in: snapshot)?.acct ?? "?")"
            }
        }
    }

    /// Addresses of those who follow the owner.
    package func followers() throws -> [String] {
        try read { try Followers.uris(Page(limit: 100), in: $0).map(\.uri) }
    }

    /// Addresses of those whom the owner follows, accepted.
    package func following() throws -> [String] {
        try read { try Following.uris(Page(limit: 100), in: $0).map(\.uri) }
    }

    package func favourites(of status: StatusID) throws -> Int {
        try read { try Favourites.counts(of: "[\(status)]", in: $0)[status] ?? 0 }
    }

    package func boosts(of status: StatusID) throws -> Int {
        try read { try Boosts.counts(of: "[\(status)]", in: $0)[status] ?? 0 }
    }

    package func waitingDeliveries() throws -> Int {
        try read { try Deliveries.count(in: $0) }
    }
}
