import HTTP
import Markup
import Storage

/// A post as an app sends it, checked as far as that is possible without looking anything up.
struct Draft: Sendable {
    let source: String
    let format: PostFormat
    let text: any AuthoredText
    let spoiler: String
    let sensitive: Bool
    let visibility: Visibility
    let language: String?
    let media: [AttachmentID]
    let parent: StatusID?
    let poll: PollDraft?
    let quoted: StatusID?
    /// Who may quote the post; nil when the app does not say.
    let quoters: InteractionRights.People?
    /// When the app says whom it may mention: their account ids.
    let allowedMentions: Set<ActorID>?

    /// - Parameters:
    ///   - defaults: what fills what is left open.
    ///   - isQuote: whether it is the new text of a post that quotes another.
    /// - Throws: 422 for what cannot be posted, 404 for a parent that cannot exist.
    init(
        _ parameters: Parameters, defaults: PostDefaults, isQuote: Bool = false, limits: APILimits
    ) throws {
        source = Draft.normalised(parameters.given("status") ?? "")
        spoiler = PlainText.cleaned(parameters.given("spoiler_text") ?? "").trimmingSpaces
        format = try Draft.format(parameters) ?? defaults.format
        text = format == .markdown ? MarkdownText(source) : PostText(source)
        sensitive = !spoiler.isEmpty || (parameters.bool("sensitive") ?? defaults.sensitive)
        let named = parameters.text("language").flatMap(Draft.language) ?? defaults.language
        language = named == Draft.noLanguage ? nil : named
        if let name = parameters.text("visibility") {
            guard let visibility = StatusEntity.visibility(named: name) else {
                throw APIError.invalid("Visibility is not included in the list")
            }
            self.visibility = visibility
        } else {
            visibility = defaults.visibility
        }
        media = try Draft.media(parameters, limits: limits)
        if let text = parameters.text("in_reply_to_id") {
            guard let id = StatusID(text) else { throw APIError.notFound }
            parent = id
        } else {
            parent = nil
        }
        poll = try PollDraft(parameters, isEdit: defaults.isOfEdit, limits: limits)
        quoted = try Draft.quoted(parameters)
        quoters = try Draft.quoters(parameters) ?? defaults.quoters
        allowedMentions = parameters["allowed_mentions"].map { Set($0.strings.compactMap { ActorID($0) }) }

        let saysSomething = !media.isEmpty || poll != nil || quoted != nil || isQuote || !spoiler.isEmpty
        guard saysSomething || !source.allSatisfy(\.isWhitespace) else {
            throw APIError.invalid("Text can't be blank")
        }
        guard media.isEmpty || poll == nil else {
            throw APIError.invalid("Cannot attach files to a post with a poll")
        }
        guard text.length + spoiler.count <= limits.statusLength else {
            throw APIError.invalid("Text character limit of \(limits.statusLength) exceeded")
        }
    }

    /// - Throws: 422 for a way of writing that this server cannot read.
    private static func format(_ parameters: Parameters) throws -> PostFormat? {
        guard let name = parameters.text("content_type") else { return nil }
        guard let format = PostFormat(rawValue: name) else {
            throw APIError.invalid("Content type is not included in the list")
        }
        return format
    }

    private static func quoted(_ parameters: Parameters) throws -> StatusID? {
        guard let text = parameters.text("quoted_status_id") else { return nil }
        guard let id = StatusID(text) else { throw APIError.notQuotable }
        return id
    }

    /// - Throws: 422 for a policy that there is not.
    static func quoters(_ parameters: Parameters) throws -> InteractionRights.People? {
        guard let name = parameters.text("quote_approval_policy") else { return nil }
        guard let people = QuoteApproval.people(named: name) else {
            throw APIError.invalid("Quote approval policy is not included in the list")
        }
        return people
    }

    static func media(_ parameters: Parameters, limits: APILimits) throws -> [AttachmentID] {
        var media: [AttachmentID] = []
        for text in parameters.texts("media_ids") where !text.isEmpty {
            guard let id = AttachmentID(text) else {
                throw APIError.unprocessable("Media not found or already attached to another post")
            }
            if !media.contains(id) { media.append(id) }
        }
        guard media.count <= limits.attachments else {
            throw APIError.invalid("Cannot attach more than \(limits.attachments) files")
        }
        return media
    }

    /// Line ends as one character, no blanks at the end.
    private static func normalised(_ text: String) -> String {
        var lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")[...]
        while let last = lines.last, last.isWhitespace { lines = lines.dropLast() }
        return String(lines)
    }

    /// "Undetermined", which says more than a field that is left open,
    /// <https://www.rfc-editor.org/rfc/rfc5646#section-4.1>.
    static let noLanguage = "und"

    /// A language tag that is short enough to be one, BCP 47; nil for anything else.
    static func language(_ text: String) -> String? {
        let bytes = text.utf8
        guard 2...35 ~= bytes.count,
            bytes.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || 0x30...0x39 ~= $0 || $0 == 0x2D })
        else { return nil }
        return text
    }
}
