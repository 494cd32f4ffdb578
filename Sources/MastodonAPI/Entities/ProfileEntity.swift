import Federation
import JSON
import Storage

/// The owner's profile as it is edited, <https://docs.joinmastodon.org/entities/Profile/>.
struct ProfileEntity {
    let account: Actor
    let owner: Owner
    let tags: [FeaturedTags.Use]

    func write(_ identity: Identity, to writer: inout JSONWriter) {
        let fields = ProfileField.list(owner.fields)
        writer.object { writer in
            writer.field("id", account.id.description)
            writer.field("display_name", account.name)
            writer.field("note", owner.note)
            writer.raw("fields", ProfileField.shown(fields, asTyped: true).utf8)
            writer.field("formatted_note", account.summary)
            writer.raw("formatted_fields", ProfileField.shown(fields).utf8)
            writer.field("avatar", account.avatar.map(identity.picture))
            writer.field("avatar_static", account.avatar.map(identity.picture))
            writer.field("avatar_description", owner.avatarDescription)
            writer.field("header", account.header.map(identity.picture))
            writer.field("header_static", account.header.map(identity.picture))
            writer.field("header_description", owner.headerDescription)
            writer.field("locked", account.locked)
            writer.field("bot", account.kind == .service)
            writer.field("hide_collections", owner.hidesCollections)
            writer.field("discoverable", account.discoverable)
            writer.field("indexable", account.indexable)
            writer.field("show_media", owner.tabs.contains(.media))
            writer.field("show_media_replies", owner.tabs.contains(.mediaOfReplies))
            writer.field("show_featured", owner.tabs.contains(.featured))
            writer.field("attribution_domains", owner.attributionDomains)
            writer.array("featured_tags") { writer in
                for tag in tags { TagEntity.writeFeatured(tag, identity, to: &writer) }
            }
        }
    }
}
