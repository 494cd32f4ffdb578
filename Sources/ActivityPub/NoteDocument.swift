package import JSON

/// A post as its server describes it: a note, or one of the longer forms with a title.
///
/// Texts are as they came, HTML is not yet sanitised. Lists are cut at `Limits`.
package struct NoteDocument: Sendable {
    /// How much of one post is kept; more than any server sends on purpose.
    package enum Limits {
        package static let mentions = 200
        package static let hashtags = 100
        package static let attachments = 32
        package static let options = 500
    }

    package let id: String
    package let type: NoteType
    /// Authors, the one who answers for it first.
    package let attributedTo: [String]
    /// HTML, or Markdown when `isMarkdown`; `nil` when the post has none.
    package let content: String?
    package let isMarkdown: Bool
    /// BCP 47, `nil` when not said.
    package let contentLanguage: String?
    /// The content warning of a note or poll, an abstract of everything longer.
    package let summary: String?
    package let sensitive: Bool
    /// The title of the longer forms; the answer in a vote.
    package let name: String?
    /// Milliseconds since 1970, as are the following.
    package let published: Int64?
    package let updated: Int64?
    package let startTime: Int64?
    package let endTime: Int64?
    /// When a poll ended, or is to end.
    package let closed: Int64?
    /// The page for people.
    package let url: String?
    package let to: [String]
    package let cc: [String]
    package let inReplyTo: String?
    package let conversation: String?
    package let context: String?
    package let mentions: [(href: String, name: String?)]
    /// Without `#`, as they came.
    package let hashtags: [String]
    package let emojis: [(shortcode: String, url: String)]
    package let attachments: [AttachmentDocument]
    /// The choices of a poll; empty for anything else.
    package let options: [(name: String, votes: Int)]
    package let isMultipleChoice: Bool
    package let votersCount: Int?
    let quoted: Quote?
    /// The whole, as it came.
    let document: JSONValue

    /// Reads a post; nil when it has no id, no author, or is of a type that is no post.
    package init?(_ value: JSONValue) {
        guard let id = (value["id"] ?? value["@id"])?.string, !id.isEmpty,
            let type = value.types.lazy.compactMap(NoteType.init(name:)).first, !value.isTurnedInsideOut
        else { return nil }
        let authors = Authors.of(value)
        guard !authors.isEmpty else { return nil }

        self.id = id
        self.type = type
        attributedTo = authors
        content = value.text("content")
        isMarkdown = value["mediaType"]?.string == "text/markdown"
        contentLanguage = Language.of(value)
        summary = value.name("summary").flatMap { $0.isEmpty ? nil : $0 }
        sensitive = value.flag("sensitive")
        name = value.name("name").flatMap { $0.isEmpty ? nil : $0 }
        published = value.date("published")
        updated = value.date("updated")
        startTime = value.date("startTime")
        endTime = value.date("endTime")
        closed = value.date("closed")
        url = value["url"].flatMap(Link.page)
        to = Audience.addressees(value["to"])
        cc = Audience.addressees(value["cc"]) + Audience.hidden(in: value)
        inReplyTo = value["inReplyTo"]?.firstID
        conversation = value[term: "conversation"]?.firstID
        context = value["context"]?.firstID
        let tags = Tags(value)
        mentions = tags.mentions
        hashtags = tags.hashtags
        emojis = tags.emojis
        attachments = AttachmentDocument.all(in: value, of: type)
        let single = value["oneOf"]?.asArray ?? []
        let several = single.isEmpty ? value["anyOf"]?.asArray ?? [] : []
        isMultipleChoice = !several.isEmpty
        options = (single + several).prefix(Limits.options).compactMap { option in
            option.name("name").map { ($0, max(0, option["replies"]?.integer("totalItems") ?? 0)) }
        }
        votersCount = value.integer("votersCount").map { max(0, $0) }
        quoted = Quote.of(value, link: tags.quote).flatMap { $0.id == id ? nil : $0 }
        document = value
    }

    /// The content warning: only notes and polls have one, elsewhere the summary is an abstract.
    package var contentWarning: String? { type.isShort ? summary : nil }

    /// The title to show above the text: of the longer forms, and of notes that have text besides their name.
    package var title: String? { type == .question || content == nil && type.isShort ? nil : name }
}
