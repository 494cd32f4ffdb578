import Basics
import Federation
import Storage

/// A page's rows by id, ready to be written as entities.
struct StatusBatch {
    let identity: Identity
    let viewer: Viewer
    let now: Timestamp
    var statuses: [StatusID: Storage.Status] = [:]
    var actors: [ActorID: Actor] = [:]
    /// Whom the owner blocked, alone or with their server, or, for the owner, muted.
    var hidden: Set<ActorID> = []
    /// Whom their own server suspended: nobody is shown their posts.
    var suspended: Set<ActorID> = []
    var attachments: [StatusID: [Attachment]] = [:]
    var mentions: [StatusID: [Mentions.Mention]] = [:]
    var hashtags: [StatusID: [String]] = [:]
    var numbers: [StatusID: StatusNumbers] = [:]
    var marks: [StatusID: OwnMarks] = [:]
    var apps: [Int64: (name: String, website: String?)] = [:]
    var polls: [StatusID: Poll] = [:]
    /// What the owner chose in them.
    var votes: [StatusID: [Int]] = [:]
    var quotes = StatusQuotes()
    /// The links that are shown as previews, and what is known of the pages they lead to.
    var links: [StatusID: String] = [:]
    var previews: [String: LinkPreview] = [:]
    /// By the notification that tells of it.
    var reports: [NotificationID: ReportEntity] = [:]
    /// Of the authors who let only some people quote: those whom the owner follows, and those who follow the owner.
    var followed: Set<ActorID> = []
    var followers: Set<ActorID> = []
    /// What the owner would rather not read; nil when there is no such thing.
    var filters: FilterIndex?

    /// Whether the post is there with its author, and the viewer may see it.
    func isVisible(_ id: StatusID) -> Bool {
        statuses[id].map { isVisible($0) } ?? false
    }

    /// Whether the post belongs in a timeline: visible, and neither by nor from somebody blocked or muted.
    func isWanted(_ status: Storage.Status) -> Bool {
        guard isVisible(status) else { return false }
        guard !hidden.isEmpty else { return true }
        guard !hidden.contains(status.actor) else { return false }
        guard let target = status.reblogOf.flatMap({ statuses[$0] }) else { return true }
        return !hidden.contains(target.actor)
    }

    func isWanted(_ id: StatusID) -> Bool {
        statuses[id].map { isWanted($0) } ?? false
    }

    private func isVisible(_ status: Storage.Status) -> Bool {
        guard isThere(status.actor) else { return false }
        guard let target = status.reblogOf else { return viewer == .owner || status.visibility.isOpen }
        guard let boosted = statuses[target], isThere(boosted.actor) else { return false }
        return viewer == .owner || status.visibility.isOpen && boosted.visibility.isOpen
    }

    /// Whether the viewer may see what this author wrote. Whom the owner blocked, visitors are not shown anywhere; the
    /// owner sees them where they are asked for by name.
    private func isThere(_ author: ActorID) -> Bool {
        // Looks for the key only: copying a row to ask whether it is there costs more than the question.
        actors.index(forKey: author) != nil && (suspended.isEmpty || !suspended.contains(author))
            && (viewer == .owner || hidden.isEmpty || !hidden.contains(author))
    }
}
