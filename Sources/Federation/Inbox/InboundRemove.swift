import ActivityPub
import Storage

/// Somebody takes a pin away.
struct InboundRemove: InboundActivity {
    private let item: FeaturedItem

    init?(_ activity: Activity, reading: InboxReading) {
        guard let item = FeaturedItem(activity, reading: reading) else { return nil }
        self.item = item
    }

    func apply(_ context: InboxContext) throws {
        let tx = context.tx
        guard try item.isFeatured(by: context.senderURI, in: tx) else { return }
        switch item.what {
        case .hashtag(let name): try FeaturedTags.remove(name, of: context.sender, in: tx)
        case .post(let uri):
            guard let status = try Statuses.find(uri: uri, in: tx), status.actor == context.sender else {
                return
            }
            try Pins.remove(status.id, in: tx)
        }
    }
}
