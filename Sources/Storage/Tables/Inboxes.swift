import SQLite

/// Tables `inboxes` and, for finding one, `hosts`: addresses that are delivered to, each stored once.
package enum Inboxes {
    /// The row of this address, made when new. `url` must have been checked by whoever read it.
    ///
    /// - Throws: `UnusableInbox` when the address has no host, or a user before it.
    package static func id(of url: String, in tx: Transaction) throws -> Int64 {
        if let known = try tx.db.first("SELECT id FROM inboxes WHERE url = ?", url, map: { $0.int64(0) }) {
            return known
        }
        guard let authority = authority(of: url) else { throw UnusableInbox() }
        let host = try Hosts.id(of: authority, in: tx)
        try tx.db.run("INSERT INTO inboxes (host, url) VALUES (?, ?)", host, url)
        return tx.db.lastInsertedID
    }

    /// `host[:port]` of an address in the one way that all parts of Islet write it: lower case, without the port
    /// that goes without saying; nil for an address without a host. One with a user before the host is refused,
    /// because it is written to be mistaken for another.
    static func authority(of url: String) -> String? {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        var authority = url[mark.upperBound...].prefix { !"/?#\\".contains($0) }.lowercased()
        let usual = scheme == "https" ? ":443" : scheme == "http" ? ":80" : ":"
        if authority.hasSuffix(usual) { authority.removeLast(usual.count) }
        return authority.isEmpty || authority.hasPrefix(":") || authority.contains("@") ? nil : authority
    }
}

/// The address of an inbox names no host that could be delivered to.
package struct UnusableInbox: Error {
    package init() {}
}
