import HTTP
import JSON
import Markup

/// What is there already, as it would be typed.
extension WritingForm {
    /// - Parameter source: the post's text, <https://docs.joinmastodon.org/entities/StatusSource/>.
    init(published post: Post, source: JSONValue) {
        self.init()
        text = source.text("text")
        warning = source.text("spoiler_text")
        isSensitive = post.isSensitive
        visibility = post.visibility
        language = post.language ?? ""
        format = source["content_type"]?.string ?? format
        reply = post.inReplyTo
        quote = post.quote?.post?.id
        files = post.files.map(WritingForm.file)
        guard let asked = post.poll else { return }
        poll.options = asked.options.map(\.title)
        poll.isMultiple = asked.isMultiple
        poll.hidesTotals = asked.options.contains { $0.votes == nil }
        guard let end = asked.expiresAt.flatMap(ISO8601.parse), let start = ISO8601.parse(post.createdAt)
        else { return }
        poll.lasting = String((end - start) / 1_000)
    }

    /// A post that waits, which the form would replace.
    init(scheduled post: JSONValue) {
        self.init()
        guard let waiting = post["params"] else { return }
        scheduled = WritingForm.id(post.text("id"))
        let moment = post.text("scheduled_at")
        date = String(moment.prefix(10))
        time = String(moment.dropFirst(11).prefix(5))
        isMomentUTC = true
        text = waiting.text("text")
        warning = waiting.text("spoiler_text")
        isSensitive = waiting.flag("sensitive")
        visibility = waiting.text("visibility")
        language = waiting.text("language")
        format = waiting.text("content_type")
        policy = waiting.text("quote_approval_policy")
        reply = waiting.present("in_reply_to_id")?.int.map { String($0) }
        quote = waiting.present("quoted_status_id")?.string
        files = post.list("media_attachments").map(AttachedFile.init).map(WritingForm.file)
        guard let asked = waiting.present("poll") else { return }
        poll.options = asked.list("options").compactMap(\.string)
        poll.lasting = String(asked.number("expires_in"))
        poll.isMultiple = asked.flag("multiple")
        poll.hidesTotals = asked.flag("hide_totals")
    }

    private static func file(_ file: AttachedFile) -> File {
        File(id: file.id, description: file.description, focus: file.focus ?? "")
    }
}

extension WritingForm {
    /// Whether this form, sent again, would say nothing else than what is there. In doubt it does: then both are shown.
    ///
    /// - Parameter there: read from what was made of it.
    func saysNothingElse(than there: WritingForm) -> Bool {
        storedText == there.storedText && cleanedWarning == there.cleanedWarning
            && (isSensitive || !cleanedWarning.isEmpty) == there.isSensitive
            && visibility == there.visibility && language == there.language && format == there.format
            && reply == there.reply && quote == there.quote && poll.says(theSameAs: there.poll)
            && files.map(\.id) == there.files.map(\.id)
            && files.map(\.storedDescription) == there.files.map(\.storedDescription)
            && files.map(\.place) == there.files.map(\.place)
    }

    private var cleanedWarning: String { PlainText.cleaned(warning).filter { !$0.isWhitespace } }
}

extension WritingForm.Poll {
    fileprivate func says(theSameAs other: WritingForm.Poll) -> Bool {
        if isEmpty || other.isEmpty { return isEmpty == other.isEmpty }
        return choices == other.choices && isMultiple == other.isMultiple
            && hidesTotals == other.hidesTotals && lasting == other.lasting
    }

    /// Without those that nobody filled in.
    private var choices: [String] {
        options.map { PlainText.cleaned($0).filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }
}
