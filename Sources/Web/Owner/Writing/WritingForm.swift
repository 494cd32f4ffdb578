import Crypto
import HTTP
import Storage

/// A post as it stands in the form to write it: everything as it was typed, so that the form can come back with it.
struct WritingForm: Sendable {
    var text = ""
    var warning = ""
    var isSensitive = false
    /// As the API names it: `public`, `unlisted`, `private`, `direct`.
    var visibility = "public"
    /// BCP 47, or empty.
    var language = ""
    /// A media type.
    var format = "text/plain"
    /// Who may quote it, as the API names them.
    var policy = ""
    var files: [File] = []
    var poll = Poll()
    /// The post that is answered.
    var reply: String?
    var quote: String?
    /// The post that gets a new version, and which version was on the page.
    var edited: String?
    var version = ""
    /// `2026-01-31` and `12:34`; empty for at once.
    var date = ""
    var time = ""
    /// Minutes from the typed time to UTC, as a browser with script says it.
    var zone = 0
    /// Made when the form was first shown; one post is made of it at most.
    var draft: String

    /// A file that was uploaded.
    struct File: Sendable {
        let id: String
        var description = ""
        /// `x,y`, or empty.
        var focus = ""
    }

    struct Poll: Sendable {
        var options: [String] = []
        /// In seconds, or `keep`.
        var lasting = "86400"
        var isMultiple = false
        var hidesTotals = false

        var isEmpty: Bool { options.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    }

    init() {
        draft = WritingForm.newDraft()
    }

    static func newDraft() -> String { RandomBytes.token(bytes: 16) }

    var isReply: Bool { reply != nil }
    var isEdit: Bool { edited != nil }
    var isScheduled: Bool { !date.isEmpty || !time.isEmpty }

    /// The text as it is stored: line ends as one character, no blanks at the end.
    var storedText: String {
        var rest = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")[...]
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }

    /// Names that a form uses for the buttons and fields of one file.
    static func descriptionField(_ id: String) -> String { "alt-\(id)" }
    static func focusField(_ id: String) -> String { "focus-\(id)" }
    static func dropAct(_ id: String) -> String { "drop-\(id)" }
}

extension WritingForm {
    /// More files than any post has are not even looked at.
    private static let mostFiles = 16
    private static let mostOptions = 32

    /// Reads what the form sent; what cannot be is left out.
    init(_ form: Form) {
        self.init()
        func typed(_ name: String) -> String { form.value(name) ?? "" }
        text = typed("text")
        warning = typed("warning")
        isSensitive = form.isOn("sensitive")
        visibility = form.value("visibility") ?? visibility
        language = typed("language")
        format = form.value("format") ?? format
        policy = typed("policy")
        reply = WritingForm.id(typed("reply"))
        quote = WritingForm.id(typed("quote"))
        edited = WritingForm.id(typed("edit"))
        version = typed("version")
        date = typed("date")
        time = typed("time")
        // No place on Earth is further from UTC than this.
        zone = Int(typed("zone")).flatMap { -840...840 ~= $0 ? $0 : nil } ?? 0
        poll.options = Array(form.values("option").prefix(WritingForm.mostOptions))
        poll.lasting = form.value("lasting") ?? poll.lasting
        poll.isMultiple = form.isOn("multiple")
        poll.hidesTotals = form.isOn("hide")
        for id in form.values("media").compactMap(WritingForm.id).prefix(WritingForm.mostFiles)
        where !files.contains(where: { $0.id == id }) {
            files.append(
                File(
                    id: id, description: typed(WritingForm.descriptionField(id)),
                    focus: typed(WritingForm.focusField(id))))
        }
        let draft = typed("draft")
        if 16...64 ~= draft.utf8.count { self.draft = draft }
    }

    /// An id as the API writes it; nil for what is none.
    static func id(_ text: String) -> String? { StatusID(text)?.description }
}
