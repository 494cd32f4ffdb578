import JSON

/// Polls and votes, FEP-9967.
extension NoteDocument {
    /// When a poll ends or ended, in milliseconds since 1970: `endTime`, else `closed` where it is a date.
    package var pollEnd: Int64? { endTime ?? closed }

    /// Whether the poll says, for whoever knows no clock, that it is over: `closed` is `true`, or a date before
    /// its end.
    ///
    /// `closed` alone is no proof: Pleroma sends it as the date at which a running poll is going to end.
    package var isPollClosed: Bool {
        if document["closed"]?.first?.bool == true { return true }
        guard let closed, let endTime else { return false }
        return closed < endTime
    }

    /// Whether the poll is over at this moment, in milliseconds since 1970.
    package func isPollClosed(at now: Int64) -> Bool {
        isPollClosed || closed.map { $0 <= now } == true || pollEnd.map { $0 <= now } == true
    }

    /// Whether it has the shape of an answer to a poll, which is never shown: a name and a parent, and nothing to read.
    package var isVote: Bool {
        type == .note && name != nil && inReplyTo != nil && content?.isEmpty != false && attachments.isEmpty
    }
}
