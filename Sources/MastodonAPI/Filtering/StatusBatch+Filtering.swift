import Markup
import Storage

extension StatusBatch {
    /// Which of the owner's filters match the post, as JSON; nil for none. A boost is looked at as what it boosts.
    func filterResults(of status: Storage.Status) -> [UInt8]? {
        guard let filters else { return nil }
        let target = status.reblogOf.flatMap { statuses[$0] } ?? status
        let ids = target.id == status.id ? [status.id] : [target.id, status.id]
        return filters.results(for: ids, text: { readableText(of: target) }, at: now)
    }

    /// All that can be read in a post, as Mastodon takes it for filters: the warning, the text, the options of its
    /// poll, and what its files show.
    private func readableText(of status: Storage.Status) -> String {
        var parts = [status.spoiler, PlainText.inline(status.content)]
        if let poll = polls[status.id] { parts += poll.options.map(\.name) }
        if let files = attachments[status.id] { parts += files.compactMap(\.description) }
        return parts.joined(separator: "\n\n")
    }
}
