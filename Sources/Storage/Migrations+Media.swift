extension Migrations {
    /// Files: previews of recordings, pictures in texts as rows, and what is shown of linked pages.
    static let media: StaticString = """
        -- `preview` is an own file, `preview_url` the picture of somebody else's recording; seconds.
        ALTER TABLE attachments ADD COLUMN preview TEXT;
        ALTER TABLE attachments ADD COLUMN preview_url TEXT;
        ALTER TABLE attachments ADD COLUMN preview_width INTEGER;
        ALTER TABLE attachments ADD COLUMN preview_height INTEGER;
        ALTER TABLE attachments ADD COLUMN duration REAL;
        CREATE INDEX attachments_by_file ON attachments (file) WHERE file IS NOT NULL;
        CREATE INDEX attachments_by_preview ON attachments (preview) WHERE preview IS NOT NULL;

        -- Pictures that stand for `:shortcode:`. Posts and people name them as `shortcode=id`, with blanks between;
        -- `domain` is the host of whoever used it.
        CREATE TABLE emojis (
            id INTEGER PRIMARY KEY, domain TEXT NOT NULL, shortcode TEXT NOT NULL, url TEXT NOT NULL);
        CREATE UNIQUE INDEX emojis_by_name ON emojis (domain, shortcode, url);
        CREATE TABLE former_emojis AS
            SELECT p.id AS person, NULL AS post, json_extract(e.value, '$.shortcode') AS shortcode, json_extract(e.value, '$.url') AS url,
                p.uri AS place
            FROM actors p, json_each(p.emojis) e WHERE p.emojis IS NOT NULL
            UNION ALL
            SELECT NULL, s.id, json_extract(e.value, '$.shortcode'), json_extract(e.value, '$.url'), p.uri
            FROM statuses s JOIN actors p ON p.id = s.actor, json_each(s.emojis) e WHERE s.emojis IS NOT NULL;
        UPDATE former_emojis SET place = substr(place, instr(place, '://') + 3);
        UPDATE former_emojis SET place = lower(substr(place, 1, instr(place || '/', '/') - 1));
        INSERT OR IGNORE INTO emojis (domain, shortcode, url)
            SELECT place, shortcode, url FROM former_emojis;
        CREATE INDEX former_by_person ON former_emojis (person);
        CREATE INDEX former_by_post ON former_emojis (post);
        UPDATE actors SET emojis = (
            SELECT group_concat(e.shortcode || '=' || e.id, ' ') FROM former_emojis f
            JOIN emojis e ON e.domain = f.place AND e.shortcode = f.shortcode AND e.url = f.url
            WHERE f.person = actors.id) WHERE emojis IS NOT NULL;
        UPDATE statuses SET emojis = (
            SELECT group_concat(e.shortcode || '=' || e.id, ' ') FROM former_emojis f
            JOIN emojis e ON e.domain = f.place AND e.shortcode = f.shortcode AND e.url = f.url
            WHERE f.post = statuses.id) WHERE emojis IS NOT NULL;
        DROP TABLE former_emojis;

        -- Signs the addresses at which others' files are handed on.
        INSERT INTO settings (name, value) VALUES ('mediaSecret', hex(randomblob(32)))
            ON CONFLICT DO UPDATE SET value = excluded.value;

        -- What is shown of a linked page, by the keyed hash of its address (63 bits). A page that had nothing to show has a
        -- row without a title, so that it is not asked again at once.
        CREATE TABLE link_previews (
            id INTEGER PRIMARY KEY, url TEXT NOT NULL, fetched_at INTEGER NOT NULL, title TEXT,
            description TEXT NOT NULL DEFAULT '', provider TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
            author_url TEXT, image TEXT, image_description TEXT NOT NULL DEFAULT '', image_width INTEGER,
            image_height INTEGER, language TEXT, published_at INTEGER, creator TEXT);
        CREATE INDEX link_previews_by_time ON link_previews (fetched_at);
        """
}
