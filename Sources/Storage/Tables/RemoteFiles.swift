import SQLite

/// Where somebody else's file is, and whose it is.
package struct RemoteSource: Hashable, Sendable {
    package var url: String
    /// `name@host` of the person it belongs to; nil for pictures in texts and of linked pages.
    package var acct: String?
    /// The post, profile or linked page that shows it; nil for pictures in texts.
    package var page: String?
}

/// The files of others, over all tables that name one. What the owner blocked is not there.
package enum RemoteFiles {
    /// Nil when no row names the file any more, or when its person, their server or the server it lies on is blocked.
    package static func find(_ file: RemoteFile, in snapshot: Snapshot) throws -> RemoteSource? {
        try find([file], in: snapshot)[file]
    }

    /// Those among these that are still to be had. The number of statements does not depend on how many they are.
    package static func find(
        _ files: some Sequence<RemoteFile>, in snapshot: Snapshot
    ) throws -> [RemoteFile: RemoteSource] {
        let found = try Dictionary(grouping: files, by: \.kind).flatMap { kind, files in
            try rows(kind, "[\(files.map { String($0.id) }.joined(separator: ","))]", in: snapshot)
        }
        let hosts = Set(found.flatMap(\.hosts))
        let blocked = try DomainBlocks.covered(among: hosts, in: snapshot)
        let allowed = found.filter { blocked.isDisjoint(with: $0.hosts) }
        return Dictionary(allowed.map { ($0.file, $0.source) }) { first, _ in first }
    }

    private struct Row {
        var file: RemoteFile
        var source: RemoteSource
        /// That of the file and that of whoever shows it.
        var hosts: [String]
    }

    private static func rows(
        _ kind: RemoteFile.Kind, _ ids: String, in snapshot: Snapshot
    ) throws -> [Row] {
        switch kind {
        case .avatar:
            try snapshot.db.all(
                """
                SELECT a.id, a.avatar, a.uri, a.username || '@' || a.domain, ifnull(a.url, a.uri) FROM actors a
                WHERE a.id IN (SELECT value FROM json_each(?)) AND a.domain IS NOT NULL AND a.avatar IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                """, ids
            ) { row(kind, $0) }
        case .header:
            try snapshot.db.all(
                """
                SELECT a.id, a.header, a.uri, a.username || '@' || a.domain, ifnull(a.url, a.uri) FROM actors a
                WHERE a.id IN (SELECT value FROM json_each(?)) AND a.domain IS NOT NULL AND a.header IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                """, ids
            ) { row(kind, $0) }
        case .attachment:
            try snapshot.db.all(
                """
                SELECT t.id, t.remote_url, a.uri, a.username || '@' || a.domain, ifnull(s.url, s.uri)
                FROM attachments t JOIN statuses s ON s.id = t.status JOIN actors a ON a.id = s.actor
                WHERE t.id IN (SELECT value FROM json_each(?)) AND t.file IS NULL AND t.remote_url IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                """, ids
            ) { row(kind, $0) }
        case .preview:
            try snapshot.db.all(
                """
                SELECT t.id, t.preview_url, a.uri, a.username || '@' || a.domain, ifnull(s.url, s.uri)
                FROM attachments t JOIN statuses s ON s.id = t.status JOIN actors a ON a.id = s.actor
                WHERE t.id IN (SELECT value FROM json_each(?)) AND t.file IS NULL AND t.preview_url IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                """, ids
            ) { row(kind, $0) }
        case .emoji:
            try snapshot.db.all(
                """
                SELECT id, url, 'https://' || domain || '/', NULL, NULL FROM emojis
                WHERE id IN (SELECT value FROM json_each(?))
                """, ids
            ) { row(kind, $0) }
        case .card:
            try snapshot.db.all(
                """
                SELECT id, image, url, NULL, url FROM link_previews
                WHERE id IN (SELECT value FROM json_each(?)) AND image IS NOT NULL
                """, ids
            ) { row(kind, $0) }
        }
    }

    private static func row(_ kind: RemoteFile.Kind, _ row: borrowing SQLite.Row) -> Row {
        let url = row.text(1)
        return Row(
            file: RemoteFile(kind, row.int64(0)),
            source: RemoteSource(url: url, acct: row.textOrNil(3), page: row.textOrNil(4)),
            hosts: [url, row.text(2)].compactMap(Inboxes.authority))
    }
}
