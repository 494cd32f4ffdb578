import ActivityPub
import HTTP
import Markup

/// The text of a post as it is kept.
enum NoteText {
    /// What is left of a text that is too long, in characters.
    private static let excerpt = 5_000

    /// Sanitised HTML; longer forms as title and link, which is how Mastodon shows them.
    static func html(_ note: NoteDocument) -> String {
        let html = note.type.isShort ? short(note) : long(note)
        if html.text.utf8.count <= NoteIntake.Limits.content { return html.text }
        // Cutting markup could leave its meaning behind: the plain beginning, and where the whole is.
        let beginning = String(Sanitizer.inlineText(html.text).prefix(excerpt))
        let cut: HTML = "<p>\(beginning)…</p>"
        return (cut + link(note.url ?? note.id)).text
    }

    /// The content warning, plain text.
    static func warning(_ note: NoteDocument) -> String {
        String(Sanitizer.inlineText(note.contentWarning ?? "").prefix(NoteIntake.Limits.spoiler))
    }

    private static func short(_ note: NoteDocument) -> HTML {
        let content = note.content ?? ""
        let text =
            note.isMarkdown ? HTML(escaping: content) : Sanitizer.sanitize(content, base: note.id)
        // Smithereen's polls have a title beside their text.
        guard let title = note.title ?? (note.type == .question ? note.name : nil) else { return text }
        return heading(title) + text
    }

    private static func long(_ note: NoteDocument) -> HTML {
        var page = HTML()
        if let title = note.title { page += heading(title) }
        if note.type == .event { page += occasion(note) }
        if let preview = note.previewContent {
            page += Sanitizer.sanitize(preview, base: note.id)
        } else if let summary = note.summary {
            page += Sanitizer.sanitize(summary, base: note.id)
        }
        // What Lemmy's posts are about is another page.
        for attachment in note.attachments where attachment.kind == .link {
            page += link(attachment.url)
            break
        }
        return page + link(note.url ?? note.id)
    }

    private static func heading(_ title: String) -> HTML {
        "<p><strong>\(Sanitizer.inlineText(title))</strong></p>"
    }

    private static func link(_ address: String) -> HTML {
        "<p><a href=\"\(address)\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">\(address)</a></p>"
    }

    /// When and where an event takes place.
    private static func occasion(_ note: NoteDocument) -> HTML {
        let times = [note.startTime, note.endTime].compactMap { $0.map(moment) }.joined(separator: " – ")
        let parts = [times, note.location.map(Sanitizer.inlineText) ?? ""].filter { !$0.isEmpty }
        return parts.isEmpty ? HTML() : "<p>\(parts.joined(separator: ", "))</p>"
    }

    /// To the minute, in UTC, because the place's time is not known.
    private static func moment(_ milliseconds: Int64) -> String {
        ISO8601.seconds(milliseconds).replacing("T", with: " ").dropLast(4) + " UTC"
    }
}
