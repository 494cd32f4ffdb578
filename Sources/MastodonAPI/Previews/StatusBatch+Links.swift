import Basics
import Federation
import Markup
import Storage

/// Which link of a post is shown as a preview.
extension StatusBatch {
    /// Without what follows a `#`; nil when there is none, and where files are shown: apps show one or the other.
    func link(of status: Storage.Status) -> String? {
        guard status.reblogOf == nil, attachments.index(forKey: status.id) == nil,
            let link = LinkInText.first(in: status.content, where: { isPage($0, of: status) })
        else { return nil }
        guard let mark = link.utf8.firstIndex(of: UInt8(ascii: "#")) else { return link }
        return String(link[..<mark])
    }

    /// Whether an address is neither ours, nor that of somebody mentioned, nor that of the post that is quoted.
    private func isPage(_ address: String, of status: Storage.Status) -> Bool {
        if identity.isOwn(address) { return false }
        if let mentions = mentions[status.id],
            mentions.contains(where: { $0.url == address || $0.uri == address })
        {
            return false
        }
        if let quoted = quotes.quotes[status.id]?.quoted.flatMap({ statuses[$0] }) {
            return quoted.uri != address && quoted.url != address
        }
        return true
    }
}

extension EntityLoader {
    /// What is known of the pages that these posts link to. What is not, or not lately, is asked for when the owner
    /// looks.
    func previews(of shown: [StatusID], into batch: inout StatusBatch, in snapshot: Snapshot) throws {
        for id in shown {
            guard let status = batch.statuses[id], let link = batch.link(of: status) else { continue }
            batch.links[id] = link
        }
        guard !batch.links.isEmpty else { return }
        batch.previews = try LinkPreviews.of(Set(batch.links.values), in: snapshot)
        guard viewer == .owner else { return }
        var wishes: [LinkPreviewWorker.Wish] = []
        for (id, link) in batch.links {
            if let known = batch.previews[link], !LinkPreviewWorker.isStale(known, at: now) { continue }
            wishes.append(.init(address: link, isOwn: batch.statuses[id]?.actor == identity.owner))
        }
        if !wishes.isEmpty { wantPreviews(wishes) }
    }
}
