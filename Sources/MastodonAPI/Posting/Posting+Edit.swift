import Basics
import Federation
import HTTP
import Storage

extension Posting {
    /// Writes the new version of a post and tells of it; nothing happens when nothing is different.
    ///
    /// - Parameter version: the moment of the change that is to be replaced, as apps see it; nil for whatever is there.
    /// - Throws: 404 when it is not a post of the owner's any more, 412 when somebody changed it since that version.
    func edit(
        _ id: StatusID, to draft: Draft, _ people: MentionedPeople, describing changes: [MediaChange],
        replacing version: String? = nil, at now: Timestamp, in tx: Transaction
    ) throws {
        guard var status = try Statuses.find(id, in: tx), status.actor == identity.owner,
            status.reblogOf == nil
        else { throw APIError.notFound }
        guard version == nil || version == status.version else { throw APIError.changedMeanwhile }
        let old = status
        let oldMedia = try Attachments.of("[\(id)]", in: tx)[id] ?? []
        fill(&status, from: draft, people)
        let described = try changes.map { try $0.apply(to: oldMedia, in: tx) }.contains(true)
        let hasNewMedia = described || oldMedia.map(\.id) != draft.media
        let hasNewSource = try Statuses.source(of: id, in: tx) != draft.source
        let oldPoll = try Polls.find(id, in: tx)
        let poll = try draft.poll?.poll(of: status, after: oldPoll, at: now)
        let hasNewPoll = !PollDraft.isSame(poll, oldPoll)
        guard hasNewMedia || hasNewSource || hasNewPoll || !status.says(theSameAs: old) else {
            guard status.rights != old.rights else { return }
            try Statuses.setRights(status.rights, of: id, in: tx)
            return try outbox.refresh(id, in: tx)
        }
        try StatusEdits.keep(old, in: tx)
        status.editedAt = now
        try Statuses.update(status, source: draft.source, in: tx)
        if hasNewPoll { try PollDraft.replace(oldPoll, with: poll, of: id, in: tx) }
        let formerly = (try Mentions.of("[\(id)]", in: tx)[id] ?? []).map(\.actor)
        try Mentions.removeAll(of: id, in: tx)
        try Hashtags.removeAll(of: id, in: tx)
        if hasNewMedia { try Attachments.detachAll(from: id, at: now, in: tx) }
        try addParts(of: draft, people, to: id, in: tx)
        try outbox.edit(id, formerly: formerly, in: tx)
    }
}

extension Storage.Status {
    /// `edited_at`, or else `created_at`.
    fileprivate var version: String { ISO8601.milliseconds((editedAt ?? createdAt).milliseconds) }

    /// Whether nothing of what an edit may change differs.
    fileprivate func says(theSameAs other: Storage.Status) -> Bool {
        content == other.content && spoiler == other.spoiler && sensitive == other.sensitive
            && language == other.language
    }
}
