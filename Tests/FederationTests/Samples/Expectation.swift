import Storage

/// What must be stored and shown after a sample came. What is about a post or an actor is about the one that was
/// named last. Notifications, the home timeline and the number of posts are compared whole, named or not.
enum Expectation: Sendable {
    struct File: Sendable {
        let kind: Attachment.Kind
        let url: String
        var alt: String?
        var focus: [Double]?

        static func image(_ url: String, alt: String? = nil, focus: [Double]? = nil) -> File {
            File(kind: .image, url: url, alt: alt, focus: focus)
        }

        static func video(_ url: String, alt: String? = nil) -> File {
            File(kind: .video, url: url, alt: alt)
        }
    }

    // MARK: - The answer

    /// 202 unless said otherwise.
    case answered(Int)
    /// Taken without effect or refused: both are fine.
    case answeredAnyhow

    // MARK: - Posts

    /// The object of the sample, by its author.
    case shown
    case post(String, by: String)
    /// Not stored.
    case missing(String)
    /// Not stored, and remembered as deleted.
    case gone(String)
    /// So many more posts may be stored.
    case spare(Int)
    case visibility(Visibility)
    case text(String)
    case lacks(String)
    case warning(String)
    case sensitive(Bool)
    case language(String?)
    /// By address; an empty one is the owner.
    case mentions([String])
    case hashtags([String])
    case files([File])
    case fileCount(Int)
    case emojis([String])
    case answers(String)
    case published(String)
    /// Its date lies ahead, so it counts as written when it came.
    case publishedNow
    case edited(String)
    case notEdited
    case url(String)
    case conversation(String)
    case poll([String: Int], multiple: Bool = false, voters: Int? = nil, ends: String? = nil)
    case quotes(String?)

    // MARK: - Timelines

    /// The post is in the home timeline.
    case home
    /// It may be, or not.
    case homeAnyhow
    /// The post is boosted by this actor.
    case boosted(by: String)

    // MARK: - The owner

    case notifies([String])
    case notifiesAnyhow
    /// Of the owner's post.
    case favourites(Int)
    case votes([String: Int])
    case followers([String])
    case following([String])
    /// Types of what was sent to the sender's host, in order.
    case sent([String])
    case report(String)

    // MARK: - Actors

    /// Somebody known, by address and handle.
    case actor(String, handle: String)
    case nobody(String)
    case kind(Actor.Kind)
    case name(String)
    case summary(String)
    case locked(Bool)
    case discoverable(Bool)
    case avatar(String)
    case page(String)
    case sharedInbox(String?)
    case fields([String])
    case key(Bool)
}
