import SQLite

extension Statuses {
    /// Notes what its own server says of a post besides its text: numbers, rights, where its replies are.
    package static func refresh(_ status: Status, in tx: Transaction) throws {
        try tx.db.run(
            "UPDATE statuses SET policy = ?, replies = ?, told_likes = ?, told_shares = ? WHERE id = ?",
            status.rights?.rawValue, status.repliesURI.map { RepliesAddress.short($0, of: status.uri) },
            status.toldLikes, status.toldShares, status.id)
    }

    /// Sets what the owner lets others do with a post.
    package static func setRights(_ rights: InteractionRights?, of id: StatusID, in tx: Transaction) throws {
        try tx.db.run("UPDATE statuses SET policy = ? WHERE id = ?", rights?.rawValue, id)
        tx.announce(.ownPosts)
        tx.tell(.edited(id))
    }
}

/// Most servers keep the replies of a post below its own address; then only the end of theirs is stored.
enum RepliesAddress {
    static func short(_ address: String, of uri: String) -> String {
        guard address.utf8.starts(with: uri.utf8) else { return address }
        let rest = String(decoding: address.utf8.dropFirst(uri.utf8.count), as: UTF8.self)
        return isEnd(rest) ? rest : address
    }

    static func long(_ stored: String, of uri: String) -> String {
        isEnd(stored) ? uri + stored : stored
    }

    /// A whole address never begins like this.
    private static func isEnd(_ text: String) -> Bool {
        text.utf8.first.map { "/?#".utf8.contains($0) } ?? false
    }
}
