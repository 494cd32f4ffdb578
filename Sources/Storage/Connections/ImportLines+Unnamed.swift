import SQLite

extension ImportLines {
    /// Rows of a kind that were there when the job began and to which no line of it led: people; of lists,
    /// memberships; of domain blocks and bookmarks, the block and the post. Filters are compared by what they say, not
    /// here.
    package static func unnamed(
        _ kind: ConnectionKind, by job: ImportJobID, in snapshot: Snapshot
    ) throws -> [Int64] {
        // Each is written out, because a statement is never put together from pieces.
        let sql: StaticString
        switch kind {
        case .follows:
            sql = """
                SELECT actor FROM following WHERE id <= (SELECT newest FROM import_jobs WHERE id = ?1)
                    AND actor NOT IN (SELECT target FROM import_lines WHERE job = ?1 AND target IS NOT NULL)
                """
        case .lists:
            // Of several lists with one title a line names one; in the file they are the same.
            sql = """
                SELECT m.id FROM list_members m CROSS JOIN lists l ON l.id = m.list
                WHERE m.id <= (SELECT newest FROM import_jobs WHERE id = ?1) AND (m.actor, l.title) NOT IN (
                    SELECT n.actor, k.title FROM import_lines i CROSS JOIN list_members n ON n.id = i.target
                    CROSS JOIN lists k ON k.id = n.list WHERE i.job = ?1 AND i.target IS NOT NULL)
                """
        case .mutes:
            sql = """
                SELECT actor FROM mutes WHERE id <= (SELECT newest FROM import_jobs WHERE id = ?1)
                    AND actor NOT IN (SELECT target FROM import_lines WHERE job = ?1 AND target IS NOT NULL)
                """
        case .blocks:
            sql = """
                SELECT actor FROM blocks WHERE id <= (SELECT newest FROM import_jobs WHERE id = ?1)
                    AND actor NOT IN (SELECT target FROM import_lines WHERE job = ?1 AND target IS NOT NULL)
                """
        case .domainBlocks:
            sql = """
                SELECT id FROM domain_blocks WHERE id <= (SELECT newest FROM import_jobs WHERE id = ?1)
                    AND id NOT IN (SELECT target FROM import_lines WHERE job = ?1 AND target IS NOT NULL)
                """
        case .bookmarks:
            sql = """
                SELECT status FROM bookmarks WHERE id <= (SELECT newest FROM import_jobs WHERE id = ?1)
                    AND status NOT IN (SELECT target FROM import_lines WHERE job = ?1 AND target IS NOT NULL)
                """
        case .filters: return []
        }
        return try snapshot.db.all(sql, job) { $0.int64(0) }
    }
}
