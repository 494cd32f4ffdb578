import Basics
import Federation
import HTTP
import Storage

/// <https://docs.joinmastodon.org/entities/PreviewCard/>
enum PreviewCardEntity {
    /// - Parameter preview: one with a title.
    static func write(
        _ preview: LinkPreview, title: String, _ identity: Identity, to writer: inout EntityWriter
    ) {
        let url = WebURL(preview.address)
        writer.openObject("card")
        // Some apps refuse an address that is not ASCII.
        writer.field(
            "url",
            preview.address.utf8.allSatisfy { $0 < 0x80 } ? preview.address : url?.string ?? preview.address)
        writer.field("title", title)
        writer.field("description", preview.description)
        writer.constantText("type", "link")
        writer.field("author_name", preview.author)
        writer.field("author_url", preview.authorURL ?? "")
        writer.field("provider_name", preview.provider)
        writer.field("provider_url", url?.origin ?? "")
        writer.constantText("html", "")
        writer.field("width", preview.imageWidth.map { Int($0) } ?? 0)
        writer.field("height", preview.imageHeight.map { Int($0) } ?? 0)
        writer.field("image", preview.image.map { identity.media(RemoteFile(.card, preview.id), at: $0) })
        writer.field("image_description", preview.imageDescription)
        writer.constantText("embed_url", "")
        writer.constant("blurhash", "null")
        writer.field("published_at", preview.publishedAt.map { ISO8601.milliseconds($0.milliseconds) })
        writer.field("language", preview.language)
        authors(of: preview, to: &writer)
        writer.close()
    }

    private static func authors(of preview: LinkPreview, to writer: inout EntityWriter) {
        writer.openArray("authors")
        if !preview.author.isEmpty || preview.authorURL != nil {
            writer.open()
            writer.field("name", preview.author)
            writer.field("url", preview.authorURL ?? "")
            writer.constant("account", "null")
            writer.close()
        }
        writer.closeArray()
    }
}
