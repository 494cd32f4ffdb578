import Crypto
import HTTP
import Storage

/// A post as it stands in the form to write it: everything as it was typed, so that the form can come back with it.
struct WritingForm: Sendable {
    var text = ""
    var warning = ""
    var isSensitive = false
    /// As the API names it: `public`, `unlisted`, `private`, `direct`. Where nothing says it, as few as possible see it.
    var visibility = "direct"
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
    /// The post that waits for its time, and that this one is to replace.
    var scheduled: String?
    /// `2026-01-31` and `12:34`; empty for at once.
    var date = ""
    var time = ""
    /// Whether they were not typed, but are a moment in UTC, which a browser with script tells in its own zone.
    var isMomentUTC = false
    /// Minutes from the typed time to UTC, as a browser with script says it.
    var zone = 0
    /// Made when the form was first shown; one post is made of it at most.
    var draft: String

    /// A file that was uploaded.
    struct File: Sendable {
        let id: String
        var description = ""
        /// `x,y`, or empty for the middle.
        var focus = ""

        /// As it is stored.
        var storedDescription: String {
            let lines = WritingForm.lines(of: description)
            let blanks = lines.reversed().prefix { $0 == " " }.count
            return String(lines.dropLast(blanks).drop { $0 == " " })
        }

        var place: String { focus.isEmpty ? WritingForm.middle : focus }
    }

    /// The focus of a picture for which none was chosen.
    static let middle = "0.0,0.0"

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
        var rest = WritingForm.lines(of: text)[...]
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return String(rest)
    }

    private static func lines(of text: String) -> String {
        text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    /// The page that it was begun on, to which it is also sent: whoever must sign in first comes back to it.
    var address: String {
        let about =
            isEdit
            ? [("edit", edited)] : [("reply", reply), ("quote", quote), ("scheduled", scheduled)]
        let items = about.compactMap { name, id in id.map { "\(name)=\($0)" } }
        return items.isEmpty ? "/home/write" : "/home/write?" + items.joined(separator: "&")
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
        if !typed("visibility").isEmpty { visibility = typed("visibility") }
        language = typed("language")
        format = form.value("format") ?? format
        policy = typed("policy")
        reply = WritingForm.id(typed("reply"))
        quote = WritingForm.id(typed("quote"))
        edited = WritingForm.id(typed("edit"))
        version = typed("version")
        scheduled = WritingForm.id(typed("scheduled"))
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
