extension Migrations {
    /// What the owner does in a browser: sessions, how the pages look, imports.
    static let pages: StaticString = """
        -- A session of a browser is a token of the pages' own app; both are null for the tokens of other apps.
        ALTER TABLE oauth_tokens ADD COLUMN agent TEXT;
        ALTER TABLE oauth_tokens ADD COLUMN used_at INTEGER;
        CREATE INDEX oauth_tokens_by_app ON oauth_tokens (app);

        -- Files of connections that are being taken over. `kind` is `ConnectionKind`, `state` is `ImportJob.State`,
        -- `newest` the last row of that kind when the work began: what the owner adds later is not undone.
        CREATE TABLE import_jobs (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, replaces INTEGER NOT NULL,
            state INTEGER NOT NULL, lines INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
            failed INTEGER NOT NULL DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0, started_at INTEGER NOT NULL,
            ended_at INTEGER, newest INTEGER NOT NULL DEFAULT 0);
        -- A line waits until it has a `target` (the row that it led to) or a `reason` why it led nowhere. `entry` is
        -- the line as CSV with the columns of its kind, `host` whom to ask, empty for nobody.
        CREATE TABLE import_lines (
            job INTEGER, line INTEGER, host TEXT NOT NULL, entry TEXT NOT NULL, target INTEGER, reason TEXT,
            PRIMARY KEY (job, line)) WITHOUT ROWID;

        -- Apps' keys are kept for an hour, those of forms longer.
        ALTER TABLE idempotency_keys RENAME COLUMN created_at TO until;
        UPDATE idempotency_keys SET until = until + 3600000;

        -- Whether anybody may be told that it was there. Of what was deleted before, nobody knows.
        ALTER TABLE tombstones ADD COLUMN was_open INTEGER NOT NULL DEFAULT 0;
        -- The owner's posts with files of their own, for the page that lists them.
        CREATE INDEX attachments_of_own_posts ON attachments (status) WHERE file IS NOT NULL AND status IS NOT NULL;
        """
}
