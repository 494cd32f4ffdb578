import SQLite

extension ImportLines {
    /// Rows of a kind to which no line of the job led: people; of lists, memberships; of domain blocks and bookmarks,
    /// the block and the post. Filters are compared by what they say, not here.
    package static func unnamed(
        _ kind: ConnectionKind, by job: ImportJobID, in snapshot: Snapshot
    ) throws -> [Int64] {
        switch kind {
        case .follows:
            try snapshot.db.all(
                """
                SELECT actor FROM following WHERE actor NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .lists:
            try snapshot.db.all(
                """
                SELECT id FROM list_members WHERE id NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .mutes:
            try snapshot.db.all(
                """
                SELECT actor FROM mutes WHERE actor NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .blocks:
            try snapshot.db.all(
                """
                SELECT actor FROM blocks WHERE actor NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .domainBlocks:
            try snapshot.db.all(
                """
                SELECT id FROM domain_blocks WHERE id NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .bookmarks:
            try snapshot.db.all(
                """
                SELECT status FROM bookmarks WHERE status NOT IN (
                    SELECT target FROM import_lines WHERE job = ? AND target IS NOT NULL)
                """, job
            ) { $0.int64(0) }
        case .filters: []
        }
    }
}
