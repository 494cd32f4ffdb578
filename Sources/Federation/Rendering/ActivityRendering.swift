import ActivityPub
import Basics
import HTTP
import JSON
package import Storage

/// What the owner does, as it is sent to other servers: whole activities with `@context`.
///
/// Recipients are given by the caller, except where the activity has only one. `to` and `cc` are always lists, which
/// PeerTube and Akkoma insist on. Activities for everybody carry a proof (FEP-8b32) when there is a key for it; the
/// objects in them do not.
package struct ActivityRendering: Sendable {
    let identity: Identity
    /// Whether the activity is to stand inside a document whose context, and proof, serve for it too.
    private let isEmbedded: Bool
    private let prove: (@Sendable (_ document: [UInt8]) -> [UInt8])?

    /// - Parameter prove: adds a proof to a document; nil for no proofs.
    package init(identity: Identity, prove: (@Sendable (_ document: [UInt8]) -> [UInt8])? = nil) {
        self.identity = identity
        self.prove = prove
        isEmbedded = false
    }

    private init(embeddedFor identity: Identity) {
        self.identity = identity
        prove = nil
        isEmbedded = true
    }

    /// The same activities without context and proof, to stand inside others.
    package var embedded: ActivityRendering { ActivityRendering(embeddedFor: identity) }

    /// A new post.
    ///
    /// - Parameter note: as `NoteRendering.note` gives it.
    package func create(status: Storage.Status, note: [UInt8], to: [String], cc: [String]) -> [UInt8] {
        activity(status.uri + "/activity", "Create", context: Context(of: note), to: to, cc: cc) {
            $0.field("published", ISO8601.seconds(status.createdAt.milliseconds))
            $0.raw("object", note)
        }
    }

    /// The new text of a post, or its new numbers.
    ///
    /// - Parameters:
    ///   - id: different each time.
    ///   - moment: of the change, in milliseconds since 1970.
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
    /// - Parameter inner: the activity, whole, as `embedded` makes it: Mastodon and Threads cannot undo by id alone.
    package func undo(id: String, inner: [UInt8], to: [String], cc: [String]) -> [UInt8] {
        activity(id, "Undo", to: to, cc: cc) { $0.raw("object", inner) }
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

    /// - Parameter actor: who acts, when it is not the owner.
    func activity(
        _ id: String, _ type: String, context: Context = [], by actor: String? = nil, to: [String],
        cc: [String], _ rest: (inout JSONWriter) -> Void
    ) -> [UInt8] {
        let isProven =
            prove != nil && actor == nil
            && (to.contains(Vocabulary.everybody) || cc.contains(Vocabulary.everybody))
        var writer = JSONWriter(capacity: 1_024)
        writer.object {
            if !isEmbedded {
                (isProven ? context.union(.dataIntegrity) : context).write(to: &$0)
            }
            $0.field("id", id)
            $0.field("type", type)
            $0.field("actor", actor ?? identity.actor)
            $0.field("to", to)
            $0.field("cc", cc)
            rest(&$0)
        }
        guard isProven, let prove else { return writer.bytes }
        return prove(writer.bytes)
    }
}
