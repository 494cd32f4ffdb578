import ActivityPub
import Storage

/// Somebody pins a post or a hashtag.
struct InboundAdd: InboundActivity {
    /// Pins of one person that are kept.
    private static let mostPins = 20

    private let item: FeaturedItem

    init?(_ activity: Activity, reading: InboxReading) {
        // Threads are collections too, to which activities are added.
        guard activity.objectActivity == nil, let item = FeaturedItem(activity, reading: reading) else {
            return nil
        }
        self.item = item
    }

    func needs(in snapshot: Snapshot, _ reading: InboxReading) throws -> [InboxNeed] {
        guard case .post(let uri) = item.what, try item.isFeatured(by: reading.sender, in: snapshot),
            try Statuses.id(forURI: uri, in: snapshot) == nil,
            try !Tombstones.contains(uri, in: snapshot),
            let sender = try Actors.id(forURI: reading.sender, in: snapshot),
            try Following.contains(sender, in: snapshot)
        else { return [] }
        return [.status(uri)]
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard try item.isFeatured(by: context.senderURI, in: tx) else { return }
        switch item.what {
        case .hashtag(let name):
            try FeaturedTags.insert(name, of: context.sender, at: context.receivedAt, in: tx)
        case .post(let uri):
            guard let status = try Statuses.find(uri: uri, in: tx), status.actor == context.sender,
                status.reblogOf == nil, status.visibility != .direct
            else { return }
            let pins = try Pins.of(context.sender, in: tx)
            guard !pins.contains(status.id) else { return }
            for old in pins.dropFirst(InboundAdd.mostPins - 1) { try Pins.remove(old, in: tx) }
            try Pins.insert(status.id, at: context.receivedAt, in: tx)
        }
    }
}
