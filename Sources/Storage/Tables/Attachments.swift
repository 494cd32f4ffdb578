package import Basics
import SQLite

/// A file that belongs to a post: the owner's own (`file` is set) or somebody else's (`remoteURL` is set).
package struct Attachment: Sendable {
    /// The numbers are stored.
    package enum Kind: Int, Sendable {
        case unknown = 0
        case image = 1
        case gifv = 2
        case video = 3
        case audio = 4
    }

    package var id = AttachmentID(0)
    package var status: StatusID?
    package var kind: Kind
    package var mediaType: String?
    package var remoteURL: String?
    /// The name of the file in the media folder.
    package var file: String?
    package var size: Int64?
    package var description: String?
    package var width: Int64?
    package var height: Int64?
    package var focusX: Double?
    package var focusY: Double?
    package var blurhash: String?
    /// The small picture that stands for it: the name of an own file, or where somebody else's is.
    package var preview: String?
    package var previewURL: String?
    package var previewWidth: Int64?
    package var previewHeight: Int64?
    /// In seconds, of a recording.
    package var duration: Double?
    package var createdAt: Timestamp

    package init(kind: Kind, createdAt: Timestamp) {
        self.kind = kind
        self.createdAt = createdAt
    }
}

/// Table `attachments`.
package enum Attachments {
    package static func insert(
        _ attachment: Attachment, position: Int = 0, in tx: Transaction
    ) throws -> AttachmentID {
        var id = IDs.next(at: attachment.createdAt)
        while try tx.db.exists("SELECT 1 FROM attachments WHERE id = ?", id) { id += 1 }
        try tx.db.run(
            """
            INSERT INTO attachments (id, status, position, kind, media_type, remote_url, file, size, description,
                width, height, focus_x, focus_y, blurhash, created_at, preview, preview_url, preview_width,
                preview_height, duration)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id, attachment.status, position, attachment.kind.rawValue, attachment.mediaType,
            attachment.remoteURL,
            attachment.file, attachment.size, attachment.description, attachment.width, attachment.height,
            attachment.focusX, attachment.focusY, attachment.blurhash, attachment.createdAt.milliseconds,
            attachment.preview,
            attachment.previewURL, attachment.previewWidth, attachment.previewHeight, attachment.duration)
        return AttachmentID(id)
    }

    package static func find(_ id: AttachmentID, in snapshot: Snapshot) throws -> Attachment? {
        try snapshot.db.first(
            """
            SELECT id, status, kind, media_type, remote_url, file, size, description, width, height, focus_x, focus_y,
                   blurhash, created_at, preview, preview_url, preview_width, preview_height, duration FROM attachments WHERE id = ?
            """, id, map: attachment)
    }

    package static func find(file: String, in snapshot: Snapshot) throws -> Attachment? {
        try snapshot.db.first(
            """
            SELECT id, status, kind, media_type, remote_url, file, size, description, width, height, focus_x, focus_y,
                   blurhash, created_at, preview, preview_url, preview_width, preview_height, duration FROM attachments
            WHERE file IS NOT NULL AND file = ?
            """, file, map: attachment)
    }

    /// By post in their order, for the posts with these ids (a JSON array).
    package static func of(_ ids: String, in snapshot: Snapshot) throws -> [StatusID: [Attachment]] {
        let found = try snapshot.db.all(
            """
            SELECT id, status, kind, media_type, remote_url, file, size, description, width, height, focus_x, focus_y,
                   blurhash, created_at, preview, preview_url, preview_width, preview_height, duration
            FROM attachments WHERE status IN (SELECT value FROM json_each(?)) ORDER BY status, position
            """, ids, map: attachment)
        return Dictionary(grouping: found) { $0.status ?? StatusID(0) }
    }

    /// Those with these ids (a JSON array), in no order.
    package static func all(among ids: String, in snapshot: Snapshot) throws -> [Attachment] {
        try snapshot.db.all(
            """
            SELECT id, status, kind, media_type, remote_url, file, size, description, width, height, focus_x, focus_y,
                   blurhash, created_at, preview, preview_url, preview_width, preview_height, duration
            FROM attachments WHERE id IN (SELECT value FROM json_each(?))
            """, ids, map: attachment)
    }

    /// What a person may change about a file.
    package static func describe(
        _ id: AttachmentID, description: String?, focus: (x: Double, y: Double)?, in tx: Transaction
    ) throws {
        let owner = try tx.db.first("SELECT status FROM attachments WHERE id = ?", id) { $0.int64OrNil(0) }
        if let status = owner ?? nil { try SearchIndex.renew(StatusID(status), in: tx) }
        try tx.db.run(
            "UPDATE attachments SET description = ?, focus_x = ?, focus_y = ? WHERE id = ?",
            description, focus?.x, focus?.y, id)
    }

    /// Gives an own file that belongs to no post yet to this one; false when there is no such file.
    package static func attach(
        _ id: AttachmentID, to status: StatusID, position: Int, in tx: Transaction
    ) throws -> Bool {
        try tx.db.run(
            """
            UPDATE attachments SET status = ?1, position = ?2
            WHERE id = ?3 AND file IS NOT NULL AND (status IS NULL AND scheduled IS NULL OR status = ?1)
            """, status, position, id)
        return tx.db.changes == 1
    }

    /// Takes every file from a post; own ones stay for a day, so that they can be attached again.
    package static func detachAll(from status: StatusID, at now: Timestamp, in tx: Transaction) throws {
        try tx.db.run("DELETE FROM attachments WHERE status = ? AND file IS NULL", status)
        try tx.db.run(
            "UPDATE attachments SET status = NULL, created_at = ? WHERE status = ?", now.milliseconds, status)
    }

    /// Own files that belong to no post since before `moment`, and their previews; their rows are gone with this.
    package static func removeUnattached(before moment: Timestamp, in tx: Transaction) throws -> [String] {
        let files = try tx.db.all(
            """
            SELECT file, preview FROM attachments
            WHERE status IS NULL AND scheduled IS NULL AND file IS NOT NULL AND created_at < ?
            """, moment.milliseconds
        ) { [$0.text(0), $0.textOrNil(1)] }
        if !files.isEmpty {
            try tx.db.run(
                """
                DELETE FROM attachments
                WHERE status IS NULL AND scheduled IS NULL AND file IS NOT NULL AND created_at < ?
                """, moment.milliseconds)
        }
        return files.joined().compactMap { $0 }
    }

    private static func attachment(_ row: borrowing Row) -> Attachment {
        var attachment = Attachment(
            kind: Attachment.Kind(rawValue: row.int(2)) ?? .unknown,
            createdAt: Timestamp(milliseconds: row.int64(13)))
        attachment.id = AttachmentID(row.int64(0))
        attachment.status = row.int64OrNil(1).map { StatusID($0) }
        attachment.mediaType = row.textOrNil(3)
        attachment.remoteURL = row.textOrNil(4)
        attachment.file = row.textOrNil(5)
        attachment.size = row.int64OrNil(6)
        attachment.description = row.textOrNil(7)
        attachment.width = row.int64OrNil(8)
        attachment.height = row.int64OrNil(9)
        attachment.focusX = row.doubleOrNil(10)
        attachment.focusY = row.doubleOrNil(11)
        attachment.blurhash = row.textOrNil(12)
        attachment.preview = row.textOrNil(14)
        attachment.previewURL = row.textOrNil(15)
        attachment.previewWidth = row.int64OrNil(16)
        attachment.previewHeight = row.int64OrNil(17)
        attachment.duration = row.doubleOrNil(18)
        return attachment
    }
}

extension Attachments {
    /// Which of these own files (names without quotes or backslashes) a post, the owner's profile or the pages still
    /// show.
    package static func inUse(_ files: [String], in snapshot: Snapshot) throws -> Set<String> {
        let names = "[" + files.map { "\"\($0)\"" }.joined(separator: ",") + "]"
        return Set(
            try snapshot.db.all(
                """
                WITH wanted (name) AS MATERIALIZED (SELECT value FROM json_each(?))
                SELECT a.file FROM attachments a
                WHERE a.file IS NOT NULL AND a.file IN (SELECT name FROM wanted)
                UNION SELECT a.preview FROM attachments a
                WHERE a.preview IS NOT NULL AND a.preview IN (SELECT name FROM wanted)
                UNION SELECT w.name FROM wanted w JOIN owner JOIN actors p ON p.id = owner.actor
                WHERE p.avatar LIKE '%/' || w.name OR p.header LIKE '%/' || w.name
                UNION SELECT s.value FROM settings s
                WHERE s.name IN ('picture', 'icon') AND s.value IN (SELECT name FROM wanted)
                """, names
            ) { $0.text(0) })
    }

    /// The names of all own files and of the previews made of them, for whoever compares them with the folder.
    package static func ownFiles(in snapshot: Snapshot) throws -> [String] {
        try snapshot.db.all(
            """
            SELECT file FROM attachments WHERE file IS NOT NULL
            UNION SELECT preview FROM attachments WHERE file IS NOT NULL AND preview IS NOT NULL
            """
        ) { $0.text(0) }
    }

    /// Bytes of all own files, as far as they are known.
    package static func ownBytes(in snapshot: Snapshot) throws -> Int64 {
        try snapshot.db.first("SELECT ifnull(sum(size), 0) FROM attachments WHERE file IS NOT NULL") {
            $0.int64(0)
        } ?? 0
    }

    /// Removes an own file that belongs to no post.
    ///
    /// - Returns: its name and that of its preview; none when there is no such row.
    package static func removeUnattached(_ id: AttachmentID, in tx: Transaction) throws -> [String] {
        let files = try tx.db.first(
            """
            SELECT file, preview FROM attachments
            WHERE id = ? AND status IS NULL AND scheduled IS NULL AND file IS NOT NULL
            """, id
        ) { [$0.text(0), $0.textOrNil(1)] }
        guard let files else { return [] }
        try tx.db.run("DELETE FROM attachments WHERE id = ?", id)
        return files.compactMap { $0 }
    }

    /// Gives an own file another picture that stands for it; what the old one was is for the housekeeping to find.
    package static func show(
        _ id: AttachmentID, as preview: String, width: Int64?, height: Int64?, blurhash: String?,
        in tx: Transaction
    ) throws {
        try tx.db.run(
            """
            UPDATE attachments SET preview = ?, preview_width = ?, preview_height = ?, blurhash = ?
            WHERE id = ? AND file IS NOT NULL
            """, preview, width, height, blurhash, id)
    }
}
