extension Migrations {
    /// What the owner does in a browser: sessions, how the pages look, imports.
    static let pages: StaticString = """
        -- A session of a browser is a token of the pages' own app; both are null for the tokens of other apps.
        ALTER TABLE oauth_tokens ADD COLUMN agent TEXT;
        ALTER TABLE oauth_tokens ADD COLUMN used_at INTEGER;
        CREATE INDEX oauth_tokens_by_app ON oauth_tokens (app);
        """
}
