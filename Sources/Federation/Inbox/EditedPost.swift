import Storage

/// Tells the owner that a post changed which they boosted or quoted.
enum EditedPost {
    static func tell(_ status: Storage.Status, _ context: InboxContext) throws {
        let owner = context.identity.owner
        if try Boosts.find(of: status.id, by: owner, in: context.tx) != nil {
            try context.notify(.update, from: status.actor, status: status.id)
        }
        for quoting in try Quotes.quoting(status.id, by: owner, limit: 5, in: context.tx) {
            try context.notify(.quotedUpdate, from: status.actor, status: quoting)
        }
    }
}
