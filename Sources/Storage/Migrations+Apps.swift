extension Migrations {
    /// What the owner's apps keep here: filters, lists, conversations, scheduled posts, push, and the search index.
    static let apps: StaticString = """
        -- Posts that wait for their time. `parameters` is the request as JSON, checked when it came; `failure` is why
        -- it could not be published all the same.
        CREATE TABLE scheduled_statuses (
            id INTEGER PRIMARY KEY, at INTEGER NOT NULL, parameters TEXT NOT NULL, application INTEGER,
            failure TEXT);
        CREATE INDEX scheduled_statuses_by_time ON scheduled_statuses (at) WHERE failure IS NULL;
        ALTER TABLE attachments ADD COLUMN scheduled INTEGER;
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

        -- `list_posts` is to a list what `home` is to the home timeline.
        CREATE TABLE lists (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, replies INTEGER NOT NULL, exclusive INTEGER NOT NULL);
        CREATE TABLE list_members (id INTEGER PRIMARY KEY, list INTEGER NOT NULL, actor INTEGER NOT NULL);
        CREATE UNIQUE INDEX list_members_by_list ON list_members (list, actor);
        CREATE INDEX list_members_by_actor ON list_members (actor);
        CREATE TABLE list_posts (list INTEGER, status INTEGER, PRIMARY KEY (list, status)) WITHOUT ROWID;
        CREATE INDEX list_posts_by_status ON list_posts (status);
        CREATE TABLE followed_hashtags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE INDEX statuses_direct ON statuses (id) WHERE visibility = 3;

        -- A conversation is a context with these people; `participants` is a JSON array of actors, sorted.
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

        -- Direct posts that are here already. None is new to the owner.
        CREATE TABLE letters AS
            WITH RECURSIVE thread (id, context) AS (
                SELECT s.id, ifnull(s.conversation, s.uri) FROM statuses s
                WHERE s.visibility = 3 AND s.reblog_of IS NULL
                    AND NOT EXISTS (SELECT 1 FROM statuses p WHERE p.id = s.in_reply_to AND p.visibility = 3)
                UNION ALL
                SELECT s.id, t.context FROM thread t JOIN statuses s ON s.in_reply_to = t.id WHERE s.visibility = 3)
            SELECT t.id, t.context, (
                SELECT json_group_array(actor) FROM (
                    SELECT actor FROM mentions WHERE status = t.id
                    UNION SELECT actor FROM statuses WHERE id = t.id ORDER BY 1)
                WHERE actor NOT IN (SELECT actor FROM owner)) AS people
            FROM thread t JOIN statuses s ON s.id = t.id
            WHERE s.actor IN (SELECT actor FROM owner)
                OR EXISTS (SELECT 1 FROM mentions m JOIN owner o ON o.actor = m.actor WHERE m.status = t.id);
        INSERT INTO conversations (id, context, participants, last_status, unread)
            SELECT min(id), context, people, max(id), 0 FROM letters GROUP BY context, people;
        INSERT INTO conversation_statuses (conversation, status)
            SELECT c.id, l.id FROM letters l
            JOIN conversations c ON c.context = l.context AND c.participants = l.people;
        DROP TABLE letters;

        -- Notifications that the policy holds back, and the people who wait with them.
        ALTER TABLE notifications ADD COLUMN filtered INTEGER NOT NULL DEFAULT 0;
        DROP INDEX notifications_by_status;
        CREATE INDEX notifications_by_status ON notifications (status, kind);
        CREATE TABLE notification_policy (origin INTEGER PRIMARY KEY, action INTEGER NOT NULL);
        CREATE TABLE notification_requests (
            id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE, updated_at INTEGER NOT NULL);
        CREATE TABLE notification_permissions (actor INTEGER PRIMARY KEY);

        CREATE TABLE account_notes (actor INTEGER PRIMARY KEY, comment TEXT NOT NULL);
        CREATE TABLE endorsements (id INTEGER PRIMARY KEY, actor INTEGER NOT NULL UNIQUE);
        ALTER TABLE following ADD COLUMN languages TEXT;
        ALTER TABLE followers ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE owner ADD COLUMN quote_policy INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE owner ADD COLUMN markdown INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE owner ADD COLUMN avatar_description TEXT NOT NULL DEFAULT '';
        ALTER TABLE owner ADD COLUMN header_description TEXT NOT NULL DEFAULT '';
        ALTER TABLE owner ADD COLUMN attribution_domains TEXT NOT NULL DEFAULT '';
        ALTER TABLE owner ADD COLUMN tabs INTEGER NOT NULL DEFAULT 7;
        ALTER TABLE owner ADD COLUMN fields_checked_at INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE markdown_statuses (status INTEGER PRIMARY KEY);
        ALTER TABLE polls ADD COLUMN hides_totals INTEGER NOT NULL DEFAULT 0;

        -- One subscription a token. `token` is also kept as it is, because each message carries it.
        CREATE TABLE push_subscriptions (
            id INTEGER PRIMARY KEY, token INTEGER NOT NULL UNIQUE, access_token TEXT NOT NULL, endpoint TEXT NOT NULL,
            p256dh BLOB NOT NULL, auth BLOB NOT NULL, standard INTEGER NOT NULL, alerts INTEGER NOT NULL,
            policy INTEGER NOT NULL, created_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
            next_attempt INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE pushes (
            subscription INTEGER, notification INTEGER, PRIMARY KEY (subscription, notification)) WITHOUT ROWID;

        -- The search. Posts are numbered in the order in which they came (`doc`), because small numbers make a small
        -- index; `search_docs` says whose a number is (0: nobody's any more), and up to which number posts are
        -- indexed is in `settings`. `search_retired` keeps what the index has to forget.
        ALTER TABLE statuses ADD COLUMN doc INTEGER;
        CREATE TABLE search_docs (doc INTEGER PRIMARY KEY, status INTEGER NOT NULL);
        CREATE TABLE search_retired (
            doc INTEGER PRIMARY KEY, content TEXT NOT NULL, parts TEXT NOT NULL, marks TEXT NOT NULL);
        CREATE VIRTUAL TABLE search USING fts5(
            text, content='', columnsize=0,
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
        INSERT INTO search_docs (status) SELECT id FROM statuses WHERE reblog_of IS NULL ORDER BY id;
        UPDATE statuses SET doc = numbered.doc FROM search_docs numbered WHERE numbered.status = statuses.id;

        -- People by the words of their handles and names; those in `search_people_changed` are not up to date.
        CREATE VIRTUAL TABLE search_people USING fts5(
            text, columnsize=0, prefix='1 2',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
        CREATE TABLE search_people_changed (actor INTEGER PRIMARY KEY);
        INSERT INTO search_people_changed SELECT id FROM actors;
        """
}
