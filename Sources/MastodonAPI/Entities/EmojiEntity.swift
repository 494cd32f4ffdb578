import Federation
import Storage

/// <https://docs.joinmastodon.org/entities/CustomEmoji/>
enum EmojiEntity {
    /// The pictures in the text of a post or person, as a JSON array.
    ///
    /// - Parameter kept: as `Emojis.keep` returned it.
    static func list(_ kept: String?, _ identity: Identity) -> [UInt8] {
        guard let kept else { return Array("[]".utf8) }
        var writer = EntityWriter(capacity: 256)
        writer.openArray()
        for emoji in Emojis.list(kept) {
            let url = identity.media(RemoteFile(.emoji, emoji.id), at: "")
            writer.open()
            writer.field("shortcode", String(emoji.shortcode))
            writer.field("url", url)
            writer.field("static_url", url)
            writer.field("visible_in_picker", false)
            writer.constant("category", "null")
            writer.close()
        }
        writer.closeArray()
        return writer.bytes
    }
}
