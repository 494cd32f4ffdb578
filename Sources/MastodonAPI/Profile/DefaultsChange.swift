import HTTP
import Storage

/// What an app wants changed of how new posts are: `source[…]`.
struct DefaultsChange: Sendable {
    private var visibility: Visibility?
    private var sensitive: Bool?
    private var language: String?
    private var quotePolicy: QuotePolicy?
    private var format: PostFormat?

    /// - Throws: 422 for what there is not.
    init(_ source: FormNode?) throws {
        visibility = try DefaultsChange.named("privacy", "Privacy", in: source, StatusEntity.visibility)
        sensitive = source?["sensitive"]?.bool
        language = source?["language"]?.string
        quotePolicy = try DefaultsChange.named(
            "quote_policy", "Quote policy", in: source, { QuotePolicy(named: $0) })
        format = try DefaultsChange.named(
            "status_content_type", "Status content type", in: source, { PostFormat(rawValue: $0) })
    }

    /// What the name in this member stands for; nil when it is absent or empty.
    private static func named<Value>(
        _ key: String, _ label: String, in source: FormNode?, _ find: (String) -> Value?
    ) throws -> Value? {
        guard let name = source?[key]?.string, !name.isEmpty else { return nil }
        guard let value = find(name) else {
            throw APIError.invalid(key, .inclusion, "\(label) is not included in the list")
        }
        return value
    }

    func apply(to owner: inout Owner) {
        if let visibility { owner.visibility = visibility }
        if let sensitive { owner.sensitive = sensitive }
        if let language {
            owner.language = language.isEmpty ? nil : Draft.language(language) ?? owner.language
        }
        if let quotePolicy { owner.quotePolicy = quotePolicy }
        if let format { owner.isMarkdown = format == .markdown }
    }
}
