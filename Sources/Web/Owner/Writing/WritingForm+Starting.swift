import Federation
import HTTP
import JSON
import MastodonAPI

/// How the form is when it is first shown.
extension WritingForm {
    /// - Throws: `Refusal` when the post to answer, quote or edit is not there.
    static func starting(_ visit: Visit) async throws -> WritingForm {
        if let id = WritingForm.id(visit.query("edit")) { return try await editing(id, visit) }
        if let id = WritingForm.id(visit.query("scheduled")) {
            return WritingForm(
                scheduled: try await visit.ask.get("/api/v1/scheduled_statuses/\(id)").root)
        }
        var form = try await blank(visit)
        let pieces = ["title", "text", "url"].map(visit.query).filter { !$0.isEmpty }
        form.text = pieces.joined(separator: "\n")
        if WritingForm.visibilities.contains(visit.query("visibility")) {
            form.visibility = visit.query("visibility")
        }
        if let id = WritingForm.id(visit.query("reply")) { try await form.answer(id, visit) }
        if let id = WritingForm.id(visit.query("quote")) {
            form.quote = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root).shown.id
        }
        let to = visit.query("to")
        if !to.isEmpty {
            form.text = "@\(to.drop { $0 == "@" }) \(form.text)"
            form.visibility = "direct"
        }
        return form
    }

    /// As the owner wants new posts to be.
    private static func blank(_ visit: Visit) async throws -> WritingForm {
        let source = try await visit.ask.get("/api/v1/accounts/verify_credentials").root["source"]
        var form = WritingForm()
        guard let source else { return form }
        form.visibility = source.text("privacy")
        form.language = source.text("language")
        form.isSensitive = source.flag("sensitive")
        form.policy = source.text("quote_policy")
        form.format = source.text("status_content_type")
        return form
    }

    /// Who takes part is mentioned, and nobody hears of the answer who could not see what it answers.
    private mutating func answer(_ id: String, _ visit: Visit) async throws {
        let parent = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root).shown
        reply = parent.id
        var people = [parent.author.acct]
        for mention in parent.mentions where !people.contains(mention.acct) { people.append(mention.acct) }
        people.removeAll { $0 == visit.identity.username }
        if text.isEmpty { text = people.map { "@\($0) " }.joined() }
        warning = parent.warning
        visibility = WritingForm.narrower(visibility, parent.visibility)
    }

    static let visibilities = ["public", "unlisted", "private", "direct"]

    static func narrower(_ one: String, _ other: String) -> String {
        let first = visibilities.firstIndex(of: one) ?? 0
        let second = visibilities.firstIndex(of: other) ?? 0
        return visibilities[max(first, second)]
    }

    private static func editing(_ id: String, _ visit: Visit) async throws -> WritingForm {
        let post = Post(try await visit.ask.get("/api/v1/statuses/\(id)").root)
        let source = try await visit.ask.get("/api/v1/statuses/\(id)/source").root
        var form = WritingForm(published: post, source: source)
        form.edited = post.id
        form.version = post.version
        if post.poll != nil { form.poll.lasting = "keep" }
        return form
    }
}

extension Post {
    /// When its text was last changed: another tab may have done it since.
    var version: String { editedAt ?? createdAt }
}
