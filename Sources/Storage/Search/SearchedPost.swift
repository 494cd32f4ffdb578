import SQLite

/// What of a post is searched.
package struct SearchedPost: Sendable {
    /// Its number in the index.
    package let document: Int64
    /// Sanitised HTML.
    package let content: String
    /// Warning, descriptions of pictures and options of the poll, plain text, a line each.
    package let parts: String
    /// The words of its marks, a space between them.
    package let marks: String
}

extension SearchedPost {
    /// Those with numbers above `first`, not above `last`, in their order.
    static func between(
        _ first: Int64, _ last: Int64, in snapshot: Snapshot
    ) throws -> [SearchedPost] {
        try snapshot.db.all(
            """
            SELECT d.doc, s.content, s.spoiler, s.actor, s.language, s.visibility, s.sensitive,
                s.in_reply_to IS NOT NULL OR s.in_reply_to_uri IS NOT NULL,
                (SELECT group_concat(description, char(10)) FROM attachments WHERE status = s.id),
                (SELECT group_concat(DISTINCT kind) FROM attachments WHERE status = s.id),
                (SELECT group_concat(name, char(10)) FROM poll_options WHERE status = s.id)
            FROM search_docs d JOIN statuses s ON s.id = d.status
            WHERE d.doc > ? AND d.doc <= ? AND d.status > 0 ORDER BY d.doc
            """, first, last, map: post)
    }

    static func of(_ status: StatusID, in snapshot: Snapshot) throws -> SearchedPost? {
        try snapshot.db.first(
            """
            SELECT s.doc, s.content, s.spoiler, s.actor, s.language, s.visibility, s.sensitive,
                s.in_reply_to IS NOT NULL OR s.in_reply_to_uri IS NOT NULL,
                (SELECT group_concat(description, char(10)) FROM attachments WHERE status = s.id),
                (SELECT group_concat(DISTINCT kind) FROM attachments WHERE status = s.id),
                (SELECT group_concat(name, char(10)) FROM poll_options WHERE status = s.id)
            FROM statuses s WHERE s.id = ? AND s.doc IS NOT NULL
            """, status, map: post)
    }

    private static func post(_ row: borrowing Row) -> SearchedPost {
        var marks: [SearchMark] = [.author(ActorID(row.int64(3)))]
        if let language = SearchMark.language(of: row.text(4)) { marks.append(language) }
        if row.int(5) != Visibility.public.rawValue { marks.append(.hidden) }
        if row.bool(6) { marks.append(.sensitive) }
        if row.bool(7) { marks.append(.reply) }
        let kinds = row.text(9).split(separator: ",").compactMap { Int($0).flatMap(Attachment.Kind.init) }
        if !kinds.isEmpty { marks.append(.media) }
        marks += kinds.compactMap(SearchMark.init)
        if !row.isNull(10) { marks.append(.poll) }
        return SearchedPost(
            document: row.int64(0), content: row.text(1),
            parts: [row.text(2), row.text(8), row.text(10)].filter { !$0.isEmpty }.joined(separator: "\n"),
            marks: marks.map(\.word).joined(separator: " "))
    }
}

extension SearchMark {
    fileprivate init?(_ kind: Attachment.Kind) {
        switch kind {
        case .image: self = .image
        case .video, .gifv: self = .video
        case .audio: self = .audio
        default: return nil
        }
    }
}
