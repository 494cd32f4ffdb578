import ActivityPub
import Basics
import HTTP
import JSON
package import Storage

/// What the owner does, as it is sent to other servers: whole activities with `@context`.
///
/// Recipients are given by the caller, except where the activity has only one. `to` and `cc` are always lists, which
/// PeerTube and Akkoma insist on.
package struct ActivityRendering: Sendable {
    private let identity: Identity
    /// Whether the activity is to stand inside a document whose context serves for it too.
    private let isEmbedded: Bool

    package init(identity: Identity) {
        self.init(identity: identity, isEmbedded: false)
    }

    init(identity: Identity, isEmbedded: Bool) {
        self.identity = identity
        self.isEmbedded = isEmbedded
    }

    /// A new post.
    ///
    /// - Parameter note: as `NoteRendering.note` gives it.
    package func create(status: Storage.Status, note: [UInt8], to: [String], cc: [String]) -> [UInt8] {
        activity(status.uri + "/activity", "Create", context: Context(of: note), to: to, cc: cc) {
            $0.field("published", ISO8601.seconds(status.createdAt.milliseconds))
            $0.raw("object", note)
        }
    }

    /// The new text of a post.
    ///
    /// - Parameters:
    ///   - id: different for each edit.
    ///   - moment: of the edit, in milliseconds since 1970.
    package func update(note: [UInt8], id: String, to: [String], cc: [String], at moment: Int64) -> [UInt8] {
        activity(id, "Update", context: Context(of: note), to: to, cc: cc) {
            $0.field("published", ISO8601.seconds(moment))
            $0.raw("object", note)
        }
    }

    package func delete(statusURI: String, to: [String], cc: [String]) -> [UInt8] {
        activity(statusURI + "#delete", "Delete", to: to, cc: cc) {
            $0.object("object") {
                $0.field("id", statusURI)
                $0.field("type", "Tombstone")
            }
        }
    }

    package func follow(id: String, target: String) -> [UInt8] {
        activity(id, "Follow", to: [target], cc: []) { $0.field("object", target) }
    }

    /// Answers yes to a Follow, which is embedded: Pixelfed looks into it, and Misskey is spared a fetch.
    package func accept(id: String, follow: (id: String, actor: String)) -> [UInt8] {
        answer(id, "Accept", to: follow)
    }

    /// Answers no to a Follow, also long after it was accepted.
    package func reject(id: String, follow: (id: String, actor: String)) -> [UInt8] {
        answer(id, "Reject", to: follow)
    }

    /// Takes back an activity.
    ///
    /// - Parameter inner: the activity, whole: Mastodon and Threads cannot undo by id alone. A context of its own is
    ///   left out.
    package func undo(id: String, inner: [UInt8], to: [String], cc: [String]) -> [UInt8] {
        activity(id, "Undo", to: to, cc: cc) { $0.raw("object", ActivityRendering.withoutContext(inner)) }
    }

    package func like(id: String, object: String, to: [String]) -> [UInt8] {
        activity(id, "Like", to: to, cc: []) { $0.field("object", object) }
    }

    /// A boost.
    ///
    /// - Parameter published: milliseconds since 1970; Misskey drops a boost older than its post.
    package func announce(id: String, object: String, published: Int64, to: [String], cc: [String]) -> [UInt8]
    {
        activity(id, "Announce", to: to, cc: cc) {
            $0.field("published", ISO8601.seconds(published))
            $0.field("object", object)
        }
    }

    package func block(id: String, target: String) -> [UInt8] {
        activity(id, "Block", to: [target], cc: []) { $0.field("object", target) }
    }

    /// The owner's profile, changed.
    ///
    /// - Parameter actor: as `ActorRendering.actor` gives it.
    package func updateProfile(id: String, actor: [UInt8]) -> [UInt8] {
        let everybody = [Vocabulary.everybody]
        return activity(
            id, "Update", context: ActorRendering.context, to: everybody, cc: [identity.followers]
        ) {
            $0.raw("object", actor)
        }
    }

    private func answer(_ id: String, _ type: String, to follow: (id: String, actor: String)) -> [UInt8] {
        activity(id, type, to: [follow.actor], cc: []) {
            $0.object("object") {
                $0.field("id", follow.id)
                $0.field("type", "Follow")
                $0.field("actor", follow.actor)
                $0.field("object", identity.actor)
            }
        }
    }

    private func activity(
        _ id: String, _ type: String, context: Context = [], to: [String], cc: [String],
        _ rest: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.object {
            if !isEmbedded { context.write(to: &$0) }
            $0.field("id", id)
            $0.field("type", type)
            $0.field("actor", identity.actor)
            $0.field("to", to)
            $0.field("cc", cc)
            rest(&$0)
        }
        return writer.bytes
    }

    /// An activity made here, without its context: only the plain one, which is what gets undone.
    private static func withoutContext(_ activity: [UInt8]) -> [UInt8] {
        guard activity.starts(with: head) else { return activity }
        return [UInt8(ascii: "{")] + activity.dropFirst(head.count)
    }

    private static let head = Array("{\"@context\":\"\(Vocabulary.activityStreams)\",".utf8)
}
