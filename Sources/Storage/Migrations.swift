/// The schema, one script a version. A script that was released is never edited; a change is a new one.
enum Migrations {
    static let all: [StaticString] = [first, federation, apps, media, pages]

    /// Names of columns follow the glossary in ARCHITECTURE.md. `*_hash` is `URIHash`: indexes hold 64 bits of an
    /// address instead of the address, and whoever looks one up compares the address itself; but see the end of
    /// `federation`. Moments are milliseconds since 1970.
    private static let first: StaticString = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID;

        CREATE TABLE owner (
            actor INTEGER PRIMARY KEY, password TEXT NOT NULL,
            private_key TEXT NOT NULL, instance_key TEXT NOT NULL, instance_public_key TEXT NOT NULL,
            note TEXT NOT NULL DEFAULT '', fields TEXT NOT NULL DEFAULT '[]',
            visibility INTEGER NOT NULL DEFAULT 0, sensitive INTEGER NOT NULL DEFAULT 0, language TEXT,
            discoverable INTEGER NOT NULL DEFAULT 1, indexable INTEGER NOT NULL DEFAULT 0,
            hides_collections INTEGER NOT NULL DEFAULT 0);

        CREATE TABLE hosts (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL DEFAULT 0,
            failing_since INTEGER, next_attempt INTEGER NOT NULL DEFAULT 0, last_error TEXT,
            is_dead INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE inboxes (id INTEGER PRIMARY KEY, host INTEGER NOT NULL, url TEXT NOT NULL UNIQUE);

        CREATE TABLE actors (
            id INTEGER PRIMARY KEY, uri_hash INTEGER NOT NULL, uri TEXT NOT NULL,
            username TEXT NOT NULL, domain TEXT, kind INTEGER NOT NULL DEFAULT 0,
            name TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT '', url TEXT,
            inbox INTEGER, shared_inbox INTEGER, followers_uri TEXT, key_id TEXT, key_pem TEXT,
            avatar TEXT, header TEXT, fields TEXT, emojis TEXT,
            locked INTEGER NOT NULL DEFAULT 0, discoverable INTEGER NOT NULL DEFAULT 0,
            indexable INTEGER NOT NULL DEFAULT 0, moved_to TEXT, also_known_as TEXT,
            statuses_count INTEGER NOT NULL DEFAULT 0, followers_count INTEGER NOT NULL DEFAULT 0,
            following_count INTEGER NOT NULL DEFAULT 0, last_status_at INTEGER,
            created_at INTEGER NOT NULL, fetched_at INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX actors_by_uri ON actors (uri_hash);
        CREATE INDEX actors_by_handle ON actors (username COLLATE NOCASE, domain);

        CREATE TABLE statuses (
            id INTEGER PRIMARY KEY, uri_hash INTEGER NOT NULL, uri TEXT NOT NULL, actor INTEGER NOT NULL,
            created_at INTEGER NOT NULL, visibility INTEGER NOT NULL,
            reblog_of INTEGER, in_reply_to INTEGER, in_reply_to_actor INTEGER, in_reply_to_uri TEXT,
            sensitive INTEGER NOT NULL DEFAULT 0, spoiler TEXT, content TEXT, source TEXT, url TEXT, language TEXT,
            emojis TEXT, conversation TEXT, application INTEGER, edited_at INTEGER);
        CREATE INDEX statuses_by_uri ON statuses (uri_hash);
        CREATE INDEX statuses_by_actor ON statuses (actor, id);
        CREATE INDEX statuses_by_parent ON statuses (in_reply_to) WHERE in_reply_to IS NOT NULL;
        CREATE INDEX statuses_by_missing_parent ON statuses (in_reply_to_uri)
            WHERE in_reply_to IS NULL AND in_reply_to_uri IS NOT NULL;
        CREATE INDEX statuses_by_reblogged ON statuses (reblog_of) WHERE reblog_of IS NOT NULL;
        CREATE TABLE home (id INTEGER PRIMARY KEY);
        CREATE TABLE status_edits (
            id INTEGER PRIMARY KEY, status INTEGER NOT NULL, created_at INTEGER NOT NULL, content TEXT NOT NULL,
            spoiler TEXT, sensitive INTEGER NOT NULL);
        CREATE INDEX status_edits_by_status ON status_edits (status);

        CREATE TABLE mentions (
            status INTEGER, actor INTEGER, PRIMARY KEY (status, actor)) WITHOUT ROWID;
        CREATE TABLE hashtags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE status_hashtags (
            hashtag INTEGER, status INTEGER, PRIMARY KEY (hashtag, status)) WITHOUT ROWID;
        CREATE INDEX status_hashtags_by_status ON status_hashtags (status);
        CREATE TABLE attachments (
            id INTEGER PRIMARY KEY, status INTEGER, position INTEGER NOT NULL DEFAULT 0, kind INTEGER NOT NULL,
            media_type TEXT, remote_url TEXT, file TEXT, size INTEGER, description TEXT, width INTEGER, height INTEGER,
            focus_x REAL, focus_y REAL, blurhash TEXT, created_at INTEGER NOT NULL);
        CREATE INDEX attachments_by_status ON attachments (status) WHERE status IS NOT NULL;

        CREATE TABLE following (
            id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL,
            accepted INTEGER NOT NULL, reblogs INTEGER NOT NULL DEFAULT 1, notify INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE followers (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL);
        CREATE TABLE follow_requests (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL);
        CREATE TABLE blocks (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL);
        CREATE TABLE mutes (
            id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, notifications INTEGER NOT NULL, until INTEGER);

        CREATE TABLE favourites (
            id INTEGER PRIMARY KEY, actor INTEGER NOT NULL, status INTEGER NOT NULL, uri TEXT NOT NULL);
        CREATE UNIQUE INDEX favourites_by_status ON favourites (status, actor);
        CREATE TABLE bookmarks (id INTEGER PRIMARY KEY, status INTEGER NOT NULL UNIQUE);
        CREATE TABLE pins (status INTEGER PRIMARY KEY, pinned_at INTEGER NOT NULL);

        CREATE TABLE notifications (
            id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, actor INTEGER NOT NULL, status INTEGER);
        CREATE INDEX notifications_by_status ON notifications (status) WHERE status IS NOT NULL;
        CREATE TABLE markers (
            timeline TEXT PRIMARY KEY, last_read TEXT NOT NULL, version INTEGER NOT NULL, updated_at INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE seen_activities (uri_hash INTEGER PRIMARY KEY, seen_at INTEGER NOT NULL);
        CREATE TABLE tombstones (uri_hash INTEGER PRIMARY KEY, deleted_at INTEGER NOT NULL);
        CREATE TABLE inbound (
            id INTEGER PRIMARY KEY, sender TEXT NOT NULL, body BLOB NOT NULL, received_at INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0, next_attempt INTEGER NOT NULL);

        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, status INTEGER, body BLOB NOT NULL,
            pending INTEGER NOT NULL, created_at INTEGER NOT NULL);
        CREATE TABLE deliveries (
            inbox INTEGER, item INTEGER, attempts INTEGER NOT NULL DEFAULT 0, next_attempt INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (inbox, item)) WITHOUT ROWID;

        CREATE TABLE oauth_apps (
            id INTEGER PRIMARY KEY, name TEXT NOT NULL, website TEXT, redirect_uris TEXT NOT NULL,
            scopes TEXT NOT NULL, client_id TEXT NOT NULL UNIQUE, secret_digest BLOB NOT NULL,
            created_at INTEGER NOT NULL);
        CREATE TABLE oauth_codes (
            digest BLOB PRIMARY KEY, app INTEGER NOT NULL, redirect_uri TEXT NOT NULL, scopes TEXT NOT NULL,
            challenge TEXT, expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE oauth_tokens (
            id INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, app INTEGER NOT NULL, scopes TEXT NOT NULL,
            is_owner INTEGER NOT NULL, created_at INTEGER NOT NULL);
        CREATE TABLE idempotency_keys (
            digest BLOB PRIMARY KEY, status INTEGER NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
        """

    /// Polls, quotes, moves, other signatures, and what is known of threads and people elsewhere.
    private static let federation: StaticString = """
        ALTER TABLE owner ADD COLUMN proof_seed TEXT;
        ALTER TABLE hosts ADD COLUMN signature INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hosts ADD COLUMN asked_on INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hosts ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE hosts ADD COLUMN ask_after INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE inboxes ADD COLUMN misses INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE inboxes ADD COLUMN missing_since INTEGER;
        CREATE INDEX inboxes_by_host ON inboxes (host);
        CREATE TABLE domain_blocks (id INTEGER PRIMARY KEY, domain TEXT NOT NULL UNIQUE);

        ALTER TABLE actors ADD COLUMN outbox_uri TEXT;
        ALTER TABLE actors ADD COLUMN featured_uri TEXT;
        ALTER TABLE actors ADD COLUMN proof_keys TEXT;
        ALTER TABLE actors ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE actors ADD COLUMN moved_at INTEGER;
        ALTER TABLE actors ADD COLUMN looked_at INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE actors ADD COLUMN outbox_rest TEXT;
        CREATE INDEX actors_by_inbox ON actors (inbox) WHERE inbox IS NOT NULL;
        CREATE INDEX actors_by_shared_inbox ON actors (shared_inbox) WHERE shared_inbox IS NOT NULL;
        CREATE TABLE featured_tags (
            actor INTEGER, name TEXT, featured_at INTEGER NOT NULL, PRIMARY KEY (actor, name)) WITHOUT ROWID;

        ALTER TABLE statuses ADD COLUMN policy INTEGER;
        ALTER TABLE statuses ADD COLUMN replies TEXT;
        ALTER TABLE statuses ADD COLUMN told_likes INTEGER;
        ALTER TABLE statuses ADD COLUMN told_shares INTEGER;
        CREATE TABLE reply_reads (status INTEGER PRIMARY KEY, read_at INTEGER NOT NULL, rest TEXT);

        CREATE TABLE polls (
            status INTEGER PRIMARY KEY, multiple INTEGER NOT NULL, ends_at INTEGER, closed INTEGER NOT NULL DEFAULT 0,
            voters INTEGER, read_at INTEGER NOT NULL, told_at INTEGER);
        CREATE INDEX polls_by_end ON polls (ends_at) WHERE NOT closed;
        CREATE TABLE poll_options (
            status INTEGER, position INTEGER, name TEXT NOT NULL, votes INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (status, position)) WITHOUT ROWID;
        CREATE TABLE poll_votes (
            status INTEGER, actor INTEGER, position INTEGER, PRIMARY KEY (status, actor, position)) WITHOUT ROWID;

        CREATE TABLE quotes (
            status INTEGER PRIMARY KEY, quoted INTEGER, quoted_uri TEXT NOT NULL, state INTEGER NOT NULL,
            authorization TEXT, request TEXT, checked_at INTEGER NOT NULL);
        CREATE INDEX quotes_by_quoted ON quotes (quoted) WHERE quoted IS NOT NULL;
        CREATE INDEX quotes_by_authorization ON quotes (authorization) WHERE authorization IS NOT NULL;
        CREATE INDEX quotes_unchecked ON quotes (checked_at) WHERE state = 0;
        CREATE INDEX quotes_by_request ON quotes (request) WHERE request IS NOT NULL;
        CREATE INDEX quotes_by_check ON quotes (checked_at) WHERE state = 0 AND request IS NULL;
        CREATE TABLE quote_authorizations (
            id INTEGER PRIMARY KEY, status INTEGER NOT NULL, actor INTEGER NOT NULL, interacting TEXT NOT NULL,
            request TEXT NOT NULL, state INTEGER NOT NULL);
        CREATE INDEX quote_authorizations_by_status ON quote_authorizations (status, interacting);
        CREATE INDEX quote_authorizations_by_actor ON quote_authorizations (actor, state);

        -- Somebody who deletes their account takes their traces along, and strangers are forgotten one by one: both ask
        -- these tables by actor, and what others do must not make the only writer read a whole table.
        CREATE INDEX mentions_by_actor ON mentions (actor);
        CREATE INDEX favourites_by_actor ON favourites (actor);
        CREATE INDEX notifications_by_actor ON notifications (actor, status);

        CREATE TABLE reports (
            id INTEGER PRIMARY KEY, actor INTEGER NOT NULL, uri TEXT, statuses TEXT NOT NULL, content TEXT NOT NULL);

        ALTER TABLE outbox ADD COLUMN concerns INTEGER;
        ALTER TABLE outbox ADD COLUMN cancels INTEGER;
        ALTER TABLE outbox ADD COLUMN synchronizes INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE outbox ADD COLUMN as_instance INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX outbox_by_status ON outbox (status) WHERE status IS NOT NULL;
        ALTER TABLE deliveries ADD COLUMN rank INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE deliveries ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE arrivals (
            status INTEGER, host INTEGER, reason TEXT, at INTEGER NOT NULL, PRIMARY KEY (status, host)) WITHOUT ROWID;

        -- From here on these two hold `KeyedHash`. What they held before cannot be converted, because the addresses
        -- are not there any more, so they begin anew.
        INSERT INTO settings (name, value) VALUES ('hashKey', hex(randomblob(16)));
        DELETE FROM seen_activities;
        DELETE FROM tombstones;
        """
}
