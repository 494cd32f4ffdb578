import Federation
import JSON
import Storage

/// The owner's account with what only the owner sees,
/// <https://docs.joinmastodon.org/entities/Account/#CredentialAccount>.
struct CredentialAccountEntity {
    let account: Actor
    let owner: Owner
    let followRequests: Int

    func write(_ identity: Identity, to writer: inout JSONWriter) {
        var members = EntityWriter(capacity: 4_096)
        members.open()
        AccountEntity.members(of: account, owner: owner, identity, to: &members)
        members.raw("source", source[...])
        // "Owner" of a server of one: no permission of a moderator, there is nobody to moderate.
        members.constant(
            "role",
            #"{"id":"-99","name":"","color":"","permissions":"0","highlighted":false,"collection_limit":null}"#
        )
        members.close()
        writer.raw(members.bytes)
    }

    private var source: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("note", owner.note)
            writer.raw("fields", ProfileField.shown(ProfileField.list(owner.fields), asTyped: true).utf8)
            writer.field("privacy", StatusEntity.name(of: owner.visibility))
            writer.field("sensitive", owner.sensitive)
            writer.field("language", owner.language)
            writer.field("follow_requests_count", followRequests)
            writer.field("hide_collections", owner.hidesCollections)
            writer.field("discoverable", account.discoverable)
            writer.field("indexable", account.indexable)
            writer.field("attribution_domains", owner.attributionDomains)
            writer.field("quote_policy", owner.quotePolicy.name)
            // As GoToSocial has them.
            let format = owner.isMarkdown ? PostFormat.markdown : .plain
            writer.field("status_content_type", format.rawValue)
            writer.field("also_known_as_uris", account.alsoKnownAs)
        }
        return writer.bytes
    }
}
