import ActivityPub
import JSON
import Storage

/// Somebody votes in a poll of the owner's, FEP-9967: a note with a name, a parent and nothing to read, or with
/// GoToSocial several of them at once. It is never kept as a post.
struct InboundVote: InboundActivity {
    private let poll: StatusID
    /// The names of the options.
    private let choices: [String]

    init?(_ activity: Activity, reading: InboxReading) {
        var poll: StatusID?
        var choices: [String] = []
        for object in activity.objects {
            guard let note = NoteDocument(object), note.isVote, reading.isTheirs(note.id),
                note.attributedTo.contains(reading.sender), let name = note.name,
                let parent = note.inReplyTo.flatMap({ reading.identity.ownStatus($0) }),
                poll == nil || poll == parent
            else { return nil }
            poll = parent
            choices.append(InboundVote.trimmed(name))
        }
        guard let poll else { return nil }
        self.poll = poll
        self.choices = choices
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard try context.ownPost(poll) != nil, let known = try Polls.find(poll, in: tx),
            !known.isOver(at: context.receivedAt)
        else { return }
        var isCounted = false
        for choice in choices {
            guard let position = known.options.firstIndex(where: { InboundVote.trimmed($0.name) == choice })
            else { continue }
            // Of a single choice the first counts.
            if !known.isMultiple, try !Polls.choices(of: context.sender, in: poll, tx).isEmpty { break }
            if try Polls.vote(position, by: context.sender, in: poll, tx) { isCounted = true }
        }
        if isCounted { try context.outbox.tellTallies(of: poll, in: tx) }
    }

    private static func trimmed(_ name: String) -> String {
        var rest = Substring(name)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
