CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE owner (
    actor INTEGER PRIMARY KEY, password TEXT NOT NULL,
    private_key TEXT NOT NULL, instance_key TEXT NOT NULL, instance_public_key TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '', fields TEXT NOT NULL DEFAULT '[]',
    visibility INTEGER NOT NULL DEFAULT 0, sensitive INTEGER NOT NULL DEFAULT 0, language TEXT,
    discoverable INTEGER NOT NULL DEFAULT 1, indexable INTEGER NOT NULL DEFAULT 0,
    hides_collections INTEGER NOT NULL DEFAULT 0, proof_seed TEXT, quote_policy INTEGER NOT NULL DEFAULT 0, markdown INTEGER NOT NULL DEFAULT 0, avatar_description TEXT NOT NULL DEFAULT '', header_description TEXT NOT NULL DEFAULT '', attribution_domains TEXT NOT NULL DEFAULT '', tabs INTEGER NOT NULL DEFAULT 7, fields_checked_at INTEGER NOT NULL DEFAULT 0);
CREATE TABLE hosts (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL DEFAULT 0,
    failing_since INTEGER, next_attempt INTEGER NOT NULL DEFAULT 0, last_error TEXT,
    is_dead INTEGER NOT NULL DEFAULT 0, signature INTEGER NOT NULL DEFAULT 0, asked_on INTEGER NOT NULL DEFAULT 0, asked INTEGER NOT NULL DEFAULT 0, ask_after INTEGER NOT NULL DEFAULT 0);
CREATE TABLE inboxes (id INTEGER PRIMARY KEY, host INTEGER NOT NULL, url TEXT NOT NULL UNIQUE, misses INTEGER NOT NULL DEFAULT 0, missing_since INTEGER);
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
    created_at INTEGER NOT NULL, fetched_at INTEGER NOT NULL DEFAULT 0, outbox_uri TEXT, featured_uri TEXT, proof_keys TEXT, suspended INTEGER NOT NULL DEFAULT 0, moved_at INTEGER, looked_at INTEGER NOT NULL DEFAULT 0, outbox_rest TEXT);
CREATE INDEX actors_by_uri ON actors (uri_hash);
CREATE INDEX actors_by_handle ON actors (username COLLATE NOCASE, domain);
CREATE TABLE statuses (
    id INTEGER PRIMARY KEY, uri_hash INTEGER NOT NULL, uri TEXT NOT NULL, actor INTEGER NOT NULL,
    created_at INTEGER NOT NULL, visibility INTEGER NOT NULL,
    reblog_of INTEGER, in_reply_to INTEGER, in_reply_to_actor INTEGER, in_reply_to_uri TEXT,
    sensitive INTEGER NOT NULL DEFAULT 0, spoiler TEXT, content TEXT, source TEXT, url TEXT, language TEXT,
    emojis TEXT, conversation TEXT, application INTEGER, edited_at INTEGER, policy INTEGER, replies TEXT, told_likes INTEGER, told_shares INTEGER, doc INTEGER);
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
    focus_x REAL, focus_y REAL, blurhash TEXT, created_at INTEGER NOT NULL, scheduled INTEGER, preview TEXT, preview_url TEXT, preview_width INTEGER, preview_height INTEGER, duration REAL);
CREATE INDEX attachments_by_status ON attachments (status) WHERE status IS NOT NULL;
CREATE TABLE following (
    id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL,
    accepted INTEGER NOT NULL, reblogs INTEGER NOT NULL DEFAULT 1, notify INTEGER NOT NULL DEFAULT 0, languages TEXT);
CREATE TABLE followers (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, uri TEXT NOT NULL, since INTEGER NOT NULL DEFAULT 0);
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
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, actor INTEGER NOT NULL, status INTEGER, filtered INTEGER NOT NULL DEFAULT 0);
CREATE TABLE markers (
    timeline TEXT PRIMARY KEY, last_read TEXT NOT NULL, version INTEGER NOT NULL, updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE seen_activities (uri_hash INTEGER PRIMARY KEY, seen_at INTEGER NOT NULL);
CREATE TABLE tombstones (uri_hash INTEGER PRIMARY KEY, deleted_at INTEGER NOT NULL, was_open INTEGER NOT NULL DEFAULT 0);
CREATE TABLE inbound (
    id INTEGER PRIMARY KEY, sender TEXT NOT NULL, body BLOB NOT NULL, received_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, next_attempt INTEGER NOT NULL);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, status INTEGER, body BLOB NOT NULL,
    pending INTEGER NOT NULL, created_at INTEGER NOT NULL, concerns INTEGER, cancels INTEGER, synchronizes INTEGER NOT NULL DEFAULT 0, as_instance INTEGER NOT NULL DEFAULT 0);
CREATE TABLE deliveries (
    inbox INTEGER, item INTEGER, attempts INTEGER NOT NULL DEFAULT 0, next_attempt INTEGER NOT NULL DEFAULT 0, rank INTEGER NOT NULL DEFAULT 1, unsure INTEGER NOT NULL DEFAULT 0,
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
    is_owner INTEGER NOT NULL, created_at INTEGER NOT NULL, agent TEXT, used_at INTEGER);
CREATE TABLE idempotency_keys (
    digest BLOB PRIMARY KEY, status INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX inboxes_by_host ON inboxes (host);
CREATE TABLE domain_blocks (id INTEGER PRIMARY KEY, domain TEXT NOT NULL UNIQUE);
CREATE INDEX actors_by_inbox ON actors (inbox) WHERE inbox IS NOT NULL;
CREATE INDEX actors_by_shared_inbox ON actors (shared_inbox) WHERE shared_inbox IS NOT NULL;
CREATE TABLE featured_tags (
    actor INTEGER, name TEXT, featured_at INTEGER NOT NULL, PRIMARY KEY (actor, name)) WITHOUT ROWID;
CREATE TABLE reply_reads (status INTEGER PRIMARY KEY, read_at INTEGER NOT NULL, rest TEXT);
CREATE TABLE polls (
    status INTEGER PRIMARY KEY, multiple INTEGER NOT NULL, ends_at INTEGER, closed INTEGER NOT NULL DEFAULT 0,
    voters INTEGER, read_at INTEGER NOT NULL, told_at INTEGER, hides_totals INTEGER NOT NULL DEFAULT 0);
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
CREATE INDEX mentions_by_actor ON mentions (actor);
CREATE INDEX favourites_by_actor ON favourites (actor);
CREATE INDEX notifications_by_actor ON notifications (actor, status);
CREATE TABLE reports (
    id INTEGER PRIMARY KEY, actor INTEGER NOT NULL, uri TEXT, statuses TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX outbox_by_status ON outbox (status) WHERE status IS NOT NULL;
CREATE TABLE arrivals (
    status INTEGER, host INTEGER, reason TEXT, at INTEGER NOT NULL, PRIMARY KEY (status, host)) WITHOUT ROWID;
CREATE TABLE scheduled_statuses (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, parameters TEXT NOT NULL, application INTEGER,
    failure TEXT);
CREATE INDEX scheduled_statuses_by_time ON scheduled_statuses (at) WHERE failure IS NULL;
CREATE INDEX attachments_by_scheduled ON attachments (scheduled) WHERE scheduled IS NOT NULL;
CREATE TABLE filters (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, contexts INTEGER NOT NULL, action INTEGER NOT NULL,
    expires_at INTEGER);
CREATE TABLE filter_keywords (
    id INTEGER PRIMARY KEY, filter INTEGER NOT NULL, keyword TEXT NOT NULL, whole_word INTEGER NOT NULL);
CREATE INDEX filter_keywords_by_filter ON filter_keywords (filter);
CREATE TABLE filter_statuses (id INTEGER PRIMARY KEY, filter INTEGER NOT NULL, status INTEGER NOT NULL);
CREATE UNIQUE INDEX filter_statuses_by_filter ON filter_statuses (filter, status);
CREATE INDEX filter_statuses_by_status ON filter_statuses (status);
CREATE TABLE lists (
    id INTEGER PRIMARY KEY, title TEXT NOT NULL, replies INTEGER NOT NULL, exclusive INTEGER NOT NULL);
CREATE TABLE list_members (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, actor INTEGER NOT NULL);
CREATE UNIQUE INDEX list_members_by_list ON list_members (list, actor);
CREATE INDEX list_members_by_actor ON list_members (actor);
CREATE TABLE list_posts (list INTEGER, status INTEGER, PRIMARY KEY (list, status)) WITHOUT ROWID;
CREATE INDEX list_posts_by_status ON list_posts (status);
CREATE TABLE followed_hashtags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE INDEX statuses_direct ON statuses (id) WHERE visibility = 3;
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY, context TEXT NOT NULL, participants TEXT NOT NULL, last_status INTEGER NOT NULL,
    unread INTEGER NOT NULL);
CREATE UNIQUE INDEX conversations_by_context ON conversations (context, participants);
CREATE INDEX conversations_by_status ON conversations (last_status);
CREATE TABLE conversation_statuses (
    conversation INTEGER, status INTEGER, PRIMARY KEY (conversation, status)) WITHOUT ROWID;
CREATE INDEX conversation_statuses_by_status ON conversation_statuses (status);
CREATE TABLE muted_contexts (context TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE muted_statuses (status INTEGER PRIMARY KEY);
CREATE INDEX notifications_by_status ON notifications (status, kind);
CREATE TABLE notification_policy (origin INTEGER PRIMARY KEY, action INTEGER NOT NULL);
CREATE TABLE notification_requests (
    id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, updated_at INTEGER NOT NULL);
CREATE TABLE notification_permissions (actor INTEGER PRIMARY KEY);
CREATE TABLE account_notes (actor INTEGER PRIMARY KEY, comment TEXT NOT NULL);
CREATE TABLE endorsements (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE);
CREATE TABLE markdown_statuses (status INTEGER PRIMARY KEY);
CREATE TABLE push_subscriptions (
    id INTEGER PRIMARY KEY, token INTEGER NOT NULL UNIQUE, access_token TEXT NOT NULL, endpoint TEXT NOT NULL,
    p256dh BLOB NOT NULL, auth BLOB NOT NULL, standard INTEGER NOT NULL, alerts INTEGER NOT NULL,
    policy INTEGER NOT NULL, created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt INTEGER NOT NULL DEFAULT 0);
CREATE TABLE pushes (
    subscription INTEGER, notification INTEGER, PRIMARY KEY (subscription, notification)) WITHOUT ROWID;
CREATE TABLE search_docs (doc INTEGER PRIMARY KEY, status INTEGER NOT NULL);
CREATE TABLE search_retired (
    doc INTEGER PRIMARY KEY, content TEXT NOT NULL, parts TEXT NOT NULL, marks TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(
    text, content='', columnsize=0,
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
CREATE TABLE 'search_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'search_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_people USING fts5(
    text, columnsize=0, prefix='1 2',
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
CREATE TABLE 'search_people_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'search_people_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'search_people_content'(id INTEGER PRIMARY KEY, c0);
CREATE TABLE 'search_people_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE search_people_changed (actor INTEGER PRIMARY KEY);
CREATE INDEX attachments_by_file ON attachments (file) WHERE file IS NOT NULL;
CREATE INDEX attachments_by_preview ON attachments (preview) WHERE preview IS NOT NULL;
CREATE TABLE emojis (
    id INTEGER PRIMARY KEY, domain TEXT NOT NULL, shortcode TEXT NOT NULL, url TEXT NOT NULL);
CREATE UNIQUE INDEX emojis_by_name ON emojis (domain, shortcode, url);
CREATE TABLE link_previews (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, fetched_at INTEGER NOT NULL, title TEXT,
    description TEXT NOT NULL DEFAULT '', provider TEXT NOT NULL DEFAULT '', author TEXT NOT NULL DEFAULT '',
    author_url TEXT, image TEXT, image_description TEXT NOT NULL DEFAULT '', image_width INTEGER,
    image_height INTEGER, language TEXT, published_at INTEGER, creator TEXT);
CREATE INDEX link_previews_by_time ON link_previews (fetched_at);
CREATE INDEX oauth_tokens_by_app ON oauth_tokens (app);
CREATE TABLE import_jobs (
    id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, replaces INTEGER NOT NULL,
    state INTEGER NOT NULL, lines INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0, started_at INTEGER NOT NULL,
    ended_at INTEGER, newest INTEGER NOT NULL DEFAULT 0);
CREATE TABLE import_lines (
    job INTEGER, line INTEGER, host TEXT NOT NULL, entry TEXT NOT NULL, target INTEGER, reason TEXT,
    PRIMARY KEY (job, line)) WITHOUT ROWID;
CREATE INDEX attachments_of_own_posts ON attachments (status) WHERE file IS NOT NULL AND status IS NOT NULL;
