import SQLite

/// Table `markdown_statuses`: posts of the owner's whose source is Markdown, not plain text.
package enum MarkdownStatuses {
    package static func contains(_ status: StatusID, in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists("SELECT 1 FROM markdown_statuses WHERE status = ?", status)
    }

    package static func set(_ isMarkdown: Bool, of status: StatusID, in tx: Transaction) throws {
        if isMarkdown {
            try tx.db.run("INSERT OR IGNORE INTO markdown_statuses (status) VALUES (?)", status)
        } else {
            try tx.db.run("DELETE FROM markdown_statuses WHERE status = ?", status)
        }
    }
}
