import SQLite

/// Tables `inboxes` and, for finding one, `hosts`: addresses that are delivered to, each stored once.
package enum Inboxes {
    /// The row of this address, made when new. `url` must have been checked by whoever read it.
    package static func id(of url: String, in tx: Transaction) throws -> Int64 {
        if let known = try tx.db.first("SELECT id FROM inboxes WHERE url = ?", url, map: { $0.int64(0) }) {
            return known
        }
        let host = try Hosts.id(of: authority(of: url), in: tx)
        try tx.db.run("INSERT INTO inboxes (host, url) VALUES (?, ?)", host, url)
        return tx.db.lastInsertedID
    }

    /// `host[:port]` of an address.
    static func authority(of url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url }
        return String(url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" })
    }
}
