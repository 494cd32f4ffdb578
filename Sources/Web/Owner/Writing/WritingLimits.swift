import JSON

/// How much a post takes, as the API says it.
struct WritingLimits: Sendable {
    let characters: Int
    /// What a link counts.
    let link: Int
    let files: Int
    /// Characters of what describes a file.
    let description: Int
    let options: Int
    let optionCharacters: Int

    init(_ visit: Visit) async throws {
        let root = try await visit.ask.get("/api/v2/instance").root["configuration"]
        characters = root?["statuses"]?.number("max_characters") ?? 0
        link = root?["statuses"]?.number("characters_reserved_per_url") ?? 0
        files = root?["statuses"]?.number("max_media_attachments") ?? 0
        description = root?["media_attachments"]?.number("description_limit") ?? 0
        options = root?["polls"]?.number("max_options") ?? 0
        optionCharacters = root?["polls"]?.number("max_characters_per_option") ?? 0
    }
}
