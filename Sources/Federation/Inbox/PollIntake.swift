import ActivityPub
import Basics
import Storage

/// The poll of a post of somebody else's, FEP-9967.
struct PollIntake: Sendable {
    private let isMultiple: Bool
    private let end: Int64?
    private let isClosed: Bool
    private let options: [Poll.Option]
    private let voters: Int?

    /// nil for what is no poll.
    init?(_ note: NoteDocument) {
        guard !note.options.isEmpty else { return nil }
        isMultiple = note.isMultipleChoice
        end = note.pollEnd
        isClosed = note.isPollClosed
        options = note.options.prefix(NoteIntake.Limits.options).map {
            Poll.Option(
                name: String($0.name.prefix(NoteIntake.Limits.option)),
                votes: min($0.votes, NoteIntake.Limits.count))
        }
        voters = note.votersCount.map { min($0, NoteIntake.Limits.count) }
    }

    /// Writes what its server says of it now; other options than before take the votes with them.
    func save(_ status: StatusID, at now: Timestamp, in tx: Transaction) throws {
        let known = try Polls.find(status, in: tx)
        var ending = end.map { Timestamp(milliseconds: $0) }
        // Said to be over: as if it had ended now, so that whoever closes polls still tells the owner.
        if isClosed { ending = min(ending ?? now, known?.endsAt ?? now, now) }
        var poll = Poll(status: status, isMultiple: isMultiple, endsAt: ending, options: options, readAt: now)
        poll.voters = voters ?? known?.voters
        poll.isClosed = known?.isClosed == true && poll.isOver(at: now)
        try Polls.save(poll, in: tx)
    }
}
