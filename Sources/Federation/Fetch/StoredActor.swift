import ActivityPub
import Basics
import HTTP
import JSON
import Markup
import Storage

/// From an actor's document to the row that is kept of it.
enum StoredActor {
    static func make(_ document: ActorDocument, at now: Timestamp) -> Actor {
        let host = WebURL(document.id)?.authority ?? ""
        var actor = Actor(
            uri: document.id, username: document.preferredUsername, domain: host,
            createdAt: document.published.map { Timestamp(milliseconds: min($0, now.milliseconds)) } ?? now)
        actor.kind =
            switch document.type {
            case "Service": .service
            case "Group": .group
            case "Organization": .organization
            case "Application": .application
            default: .person
            }
        actor.name = document.name ?? ""
        actor.summary = Sanitizer.sanitize(document.summary ?? "", base: document.id).text
        actor.url = document.url
        actor.inbox = document.inbox
        actor.sharedInbox = document.sharedInbox
        actor.followersURI = document.followers
        actor.keyID = document.publicKey?.id
        actor.keyPEM = document.publicKey?.pem
        actor.avatar = document.icon
        actor.header = document.image
        actor.fields = fields(document)
        actor.emojis = emojis(document.emojis)
        actor.locked = document.locked
        actor.discoverable = document.discoverable
        actor.indexable = document.indexable
        actor.movedTo = document.movedTo
        actor.fetchedAt = now
        return actor
    }

    /// JSON in the shape of the client API.
    private static func fields(_ document: ActorDocument) -> String? {
        guard !document.fields.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.array { list in
            for (name, value) in document.fields {
                list.object { field in
                    field.field("name", name)
                    field.field("value", Sanitizer.sanitize(value, base: document.id).text)
                    field.null("verified_at")
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// JSON in the shape of the client API, nil for none.
    static func emojis(_ emojis: [(shortcode: String, url: String)]) -> String? {
        guard !emojis.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.array { list in
            for emoji in emojis {
                list.object { entry in
                    entry.field("shortcode", emoji.shortcode)
                    entry.field("url", emoji.url)
                    entry.field("static_url", emoji.url)
                    entry.field("visible_in_picker", false)
                    entry.null("category")
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
