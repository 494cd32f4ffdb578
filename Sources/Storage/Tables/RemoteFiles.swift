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
        let found = try named(files, in: snapshot)
        let hosts = Set(found.values.flatMap(\.hosts))
        var blocked = try DomainBlocks.covered(among: hosts, in: snapshot)
        // Blocks are written as DNS writes names; one that is not might be any of them.
        let strange = hosts.filter { !$0.utf8.allSatisfy { $0 < 0x80 } }
        if !strange.isEmpty, try !DomainBlocks.all(in: snapshot).isEmpty { blocked.formUnion(strange) }
        return found.filter { !$0.value.isOwnerBlocked && blocked.isDisjoint(with: $0.value.hosts) }
            .mapValues(\.source)
    }

    /// A file that a row names, blocked or not.
    package struct Named: Sendable {
        package var source: RemoteSource
        /// That of the file and that of whoever shows it: lower case, with or without a port, as the addresses have it.
        package var hosts: [String]
        var isOwnerBlocked: Bool
    }

    /// Those among these that a row names, for the owner who looks at what is stored: what is blocked too. The number
    /// of statements does not depend on how many they are.
    package static func named(
        _ files: some Sequence<RemoteFile>, in snapshot: Snapshot
    ) throws -> [RemoteFile: Named] {
        let found = try Dictionary(grouping: files, by: \.kind).flatMap { kind, files in
            try rows(kind, "[\(files.map { String($0.id) }.joined(separator: ","))]", in: snapshot)
        }
        return Dictionary(found) { first, _ in first }
    }

    private static func rows(
        _ kind: RemoteFile.Kind, _ ids: String, in snapshot: Snapshot
    ) throws -> [(RemoteFile, Named)] {
        switch kind {
        case .avatar, .header:
            try snapshot.db.all(
                """
                SELECT a.id, iif(?2, a.avatar, a.header), a.uri, a.username || '@' || a.domain,
                    ifnull(a.url, a.uri), EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                FROM actors a
                WHERE a.id IN (SELECT value FROM json_each(?1)) AND a.domain IS NOT NULL
                    AND iif(?2, a.avatar, a.header) IS NOT NULL
                """, ids, kind == .avatar
            ) { row(kind, $0) }
        case .attachment, .preview:
            try snapshot.db.all(
                """
                SELECT t.id, iif(?2, t.remote_url, t.preview_url), a.uri, a.username || '@' || a.domain,
                    ifnull(s.url, s.uri), EXISTS (SELECT 1 FROM blocks b WHERE b.actor = a.id)
                FROM attachments t JOIN statuses s ON s.id = t.status JOIN actors a ON a.id = s.actor
                WHERE t.id IN (SELECT value FROM json_each(?1)) AND t.file IS NULL
                    AND iif(?2, t.remote_url, t.preview_url) IS NOT NULL
                """, ids, kind == .attachment
            ) { row(kind, $0) }
        case .emoji:
            try snapshot.db.all(
                """
                SELECT id, url, 'https://' || domain || '/', NULL, NULL, 0 FROM emojis
                WHERE id IN (SELECT value FROM json_each(?))
                """, ids
            ) { row(kind, $0) }
        case .card:
            try snapshot.db.all(
                """
                SELECT id, image, url, NULL, url, 0 FROM link_previews
                WHERE id IN (SELECT value FROM json_each(?)) AND image IS NOT NULL
                """, ids
            ) { row(kind, $0) }
        }
    }

    private static func row(_ kind: RemoteFile.Kind, _ row: borrowing SQLite.Row) -> (RemoteFile, Named) {
        let url = row.text(1)
        let named = Named(
            source: RemoteSource(url: url, acct: row.textOrNil(3), page: row.textOrNil(4)),
            hosts: [url, row.text(2)].compactMap(Inboxes.authority), isOwnerBlocked: row.int(5) != 0)
        return (RemoteFile(kind, row.int64(0)), named)
    }
}
