import ActivityPub
import JSON

/// What concerns the owner's profile.
extension ActivityRendering {
    /// The owner's profile, changed.
    package func updateProfile(id: String, actor: ActorRendering.Rendered) -> [UInt8] {
        activity(
            id, "Update", context: actor.context, to: [Vocabulary.everybody], cc: [identity.followers]
        ) {
            $0.raw("object", actor.bytes)
        }
    }

    /// Something new among the featured posts and hashtags.
    package func add(id: String, _ featured: Featured) -> [UInt8] {
        change("Add", id, featured)
    }

    /// Something featured no longer.
    package func remove(id: String, _ featured: Featured) -> [UInt8] {
        change("Remove", id, featured)
    }

    /// What a profile shows first.
    package enum Featured: Sendable {
        /// A post, by its id.
        case post(String)
        /// A hashtag with its `#`, and its page.
        case hashtag(name: String, href: String)
    }

    /// Mastodon wants featured hashtags to be added to the collection of posts too.
    private func change(_ type: String, _ id: String, _ featured: Featured) -> [UInt8] {
        var context = Context()
        if case .hashtag = featured { context = .hashtag }
        return activity(
            id, type, context: context, to: [Vocabulary.everybody], cc: [identity.followers]
        ) {
            switch featured {
            case .post(let uri): $0.field("object", uri)
            case .hashtag(let name, let href):
                $0.object("object") {
                    $0.field("type", "Hashtag")
                    $0.field("href", href)
                    $0.field("name", name)
                }
            }
            $0.field("target", identity.featured)
        }
    }

    /// The owner goes on elsewhere. FEP-7628.
    package func move(id: String, target: String) -> [UInt8] {
        activity(id, "Move", to: [identity.followers], cc: []) {
            $0.field("object", identity.actor)
            $0.field("target", target)
        }
    }

    /// The account is closed.
    package func deleteActor() -> [UInt8] {
        activity(identity.actor + "#delete", "Delete", to: [Vocabulary.everybody], cc: []) {
            $0.field("object", identity.actor)
        }
    }

    /// A report, in the name of the server to protect whoever reports.
    ///
    /// - Parameter objects: the reported account, then posts of theirs.
    package func flag(id: String, account: String, objects: [String], content: String) -> [UInt8] {
        activity(id, "Flag", by: identity.instanceActor, to: [account], cc: []) {
            $0.field("object", objects)
            $0.field("content", content)
        }
    }
}
