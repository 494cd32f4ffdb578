import SQLite

/// Table `markdown_statuses`: posts of the owner's whose source is Markdown, not plain text.
package enum MarkdownStatuses {
    package static func contains(_ status: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM markdown_statuses WHERE status = ?", status)
    }

    /// Those among these posts (a JSON array of ids).
    package static func among(_ statuses: String, in snapshot: Snapshot) throws -> Set<StatusID> {
        Set(
            try snapshot.db.all(
                "SELECT status FROM markdown_statuses WHERE status IN (SELECT value FROM json_each(?))",
                statuses
            ) { StatusID($0.int64(0)) })
    }

    package static func set(_ isMarkdown: Bool, of status: StatusID, in tx: Transaction) throws {
        if isMarkdown {
            try tx.db.run("INSERT OR IGNORE INTO markdown_statuses (status) VALUES (?)", status)
        } else {
            try tx.db.run("DELETE FROM markdown_statuses WHERE status = ?", status)
        }
    }
}
