package import Basics
import SQLite

/// What is shown of a page that a post links to.
package struct LinkPreview: Hashable, Sendable {
    /// As the post has it, without what follows a `#`.
    package var address: String
    package var fetchedAt: Timestamp
    /// Nil when there is nothing to show.
    package var title: String?
    package var description = ""
    /// The name of the site.
    package var provider = ""
    package var author = ""
    package var authorURL: String?
    package var image: String?
    package var imageDescription = ""
    /// In pixels, as the page says.
    package var imageWidth: Int64?
    package var imageHeight: Int64?
    package var language: String?
    package var publishedAt: Timestamp?
    /// The handle of whom the page names as its author.
    package var creator: String?
    /// That of the row; only of a stored one.
    package var id: Int64 = 0

    package init(address: String, fetchedAt: Timestamp) {
        self.address = address
        self.fetchedAt = fetchedAt
    }
}

/// Table `link_previews`.
package enum LinkPreviews {
    /// Rows that are kept, about 600 bytes each; beyond, those fetched first go.
    static let most = 20_000

    /// By address, those of these pages that are known.
    package static func of(
        _ addresses: some Collection<String>, in snapshot: Snapshot
    ) throws -> [String: LinkPreview] {
        guard !addresses.isEmpty else { return [:] }
        let ids = try addresses.map { String(try id(of: $0, in: snapshot)) }
        let found = try snapshot.db.all(
            """
            SELECT id, url, fetched_at, title, description, provider, author, author_url, image, image_description,
                   image_width, image_height, language, published_at, creator
            FROM link_previews WHERE id IN (SELECT value FROM json_each(?))
            """, "[" + ids.joined(separator: ",") + "]", map: preview)
        return Dictionary(found.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Writes what is known now, in the place of what was known.
    package static func save(_ preview: LinkPreview, in tx: Transaction) throws {
        try tx.db.run(
            """
            INSERT OR REPLACE INTO link_previews (id, url, fetched_at, title, description, provider, author,
                author_url, image, image_description, image_width, image_height, language, published_at, creator)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            id(of: preview.address, in: tx), preview.address, preview.fetchedAt.milliseconds, preview.title,
            preview.description, preview.provider, preview.author, preview.authorURL, preview.image,
            preview.imageDescription, preview.imageWidth, preview.imageHeight, preview.language,
            preview.publishedAt?.milliseconds, preview.creator)
    }

    /// Notes that the page could not be had; what was known of it stays.
    ///
    /// - Parameter moment: when it shall seem to have been fetched.
    package static func postpone(_ address: String, to moment: Timestamp, in tx: Transaction) throws {
        let id = try id(of: address, in: tx)
        try tx.db.run(
            """
            INSERT INTO link_previews (id, url, fetched_at) VALUES (?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET fetched_at = excluded.fetched_at
            """, id, address, moment.milliseconds)
    }

    /// Never negative, because it is part of an address.
    private static func id(of address: String, in snapshot: Snapshot) throws -> Int64 {
        try snapshot.hash(of: address) & .max
    }

    private static func preview(_ row: borrowing Row) -> LinkPreview {
        var preview = LinkPreview(
            address: row.text(1), fetchedAt: Timestamp(milliseconds: row.int64(2)))
        preview.id = row.int64(0)
        preview.title = row.textOrNil(3)
        preview.description = row.text(4)
        preview.provider = row.text(5)
        preview.author = row.text(6)
        preview.authorURL = row.textOrNil(7)
        preview.image = row.textOrNil(8)
        preview.imageDescription = row.text(9)
        preview.imageWidth = row.int64OrNil(10)
        preview.imageHeight = row.int64OrNil(11)
        preview.language = row.textOrNil(12)
        preview.publishedAt = row.int64OrNil(13).map { Timestamp(milliseconds: $0) }
        preview.creator = row.textOrNil(14)
        return preview
    }
}

extension LinkPreviews {
    /// Whether there are more than are kept.
    static func areTooMany(in snapshot: Snapshot) throws -> Bool {
        try snapshot.db.exists(
            "SELECT 1 FROM link_previews ORDER BY fetched_at DESC LIMIT 1 OFFSET ?", most)
    }

    static func trim(in tx: Transaction) throws {
        try tx.db.run(
            """
            DELETE FROM link_previews WHERE fetched_at <= (
                SELECT fetched_at FROM link_previews ORDER BY fetched_at DESC LIMIT 1 OFFSET ?)
            """, most)
    }
}
