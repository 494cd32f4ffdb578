import ActivityPub
import JSON
import Storage

/// What somebody shows first on their profile: their own posts, or a hashtag.
/// <https://docs.joinmastodon.org/spec/activitypub/#featured>
struct FeaturedItem: Sendable {
    enum What: Sendable {
        case post(String)
        case hashtag(String)
    }

    let what: What
    private let target: String

    init?(_ activity: Activity, reading: InboxReading) {
        guard let target = activity.target, reading.isTheirs(target), let object = activity.object else {
            return nil
        }
        self.target = target
        if object.has(type: "Hashtag") {
            guard let name = object.name("name").map(FeaturedItem.bare), 1...100 ~= name.utf8.count else {
                return nil
            }
            what = .hashtag(name)
        } else {
            guard let uri = activity.objectID, reading.isTheirs(uri) else { return nil }
            what = .post(uri)
        }
    }

    /// Whether it is about the collection that the sender's document names, and no other.
    func isFeatured(by sender: String, in snapshot: Snapshot) throws -> Bool {
        try Actors.find(uri: sender, in: snapshot)?.featuredURI == target
    }

    private static func bare(_ name: String) -> String {
        (name.hasPrefix("#") ? String(name.dropFirst()) : name).lowercased()
    }
}
