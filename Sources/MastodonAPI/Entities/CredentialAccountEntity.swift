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
        AccountEntity.members(of: account, identity, to: &members)
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
            writer.raw("fields", fields)
            writer.field("privacy", StatusEntity.name(of: owner.visibility))
            writer.field("sensitive", owner.sensitive)
            writer.field("language", owner.language)
            writer.field("follow_requests_count", followRequests)
            writer.field("hide_collections", owner.hidesCollections)
            writer.field("discoverable", account.discoverable)
            writer.field("indexable", account.indexable)
            writer.array("attribution_domains") { _ in }
            writer.field("quote_policy", "public")
        }
        return writer.bytes
    }

    /// The fields as typed, with the third member that apps expect of every field.
    private var fields: [UInt8] {
        var writer = JSONWriter()
        writer.array { writer in
            for field in ProfileField.list(owner.fields) {
                writer.object { writer in
                    writer.field("name", field.name)
                    writer.field("value", field.value)
                    writer.null("verified_at")
                }
            }
        }
        return writer.bytes
    }
}
