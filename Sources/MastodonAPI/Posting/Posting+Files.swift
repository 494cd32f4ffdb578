import Storage

/// Which files go together.
extension Posting {
    /// - Throws: 422 when a film or a sound is to be shown beside anything else.
    func checkFiles(of draft: Draft, in snapshot: Snapshot) throws {
        guard draft.media.count > 1 else { return }
        // At most `APILimits.attachments` of them.
        let kinds = try draft.media.map { try Attachments.find($0, in: snapshot)?.kind }
        guard !kinds.contains(.video), !kinds.contains(.audio) else {
            throw APIError.unprocessable("Cannot attach a video to a post that already contains images")
        }
    }
}
