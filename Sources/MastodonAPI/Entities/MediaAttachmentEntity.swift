import Federation
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/MediaAttachment/>
enum MediaAttachmentEntity {
    static func write(_ attachment: Attachment, _ identity: Identity, to writer: inout JSONWriter) {
        let url = attachment.file.map(identity.media) ?? attachment.remoteURL ?? missing(identity)
        writer.object { writer in
            writer.field("id", attachment.id.description)
            writer.field("type", name(of: attachment.kind))
            writer.field("url", url)
            // Some apps drop a video without a preview; other kinds have none.
            writer.field("preview_url", attachment.kind == .audio || attachment.kind == .unknown ? nil : url)
            writer.field("remote_url", attachment.file == nil ? attachment.remoteURL : nil)
            writer.null("preview_remote_url")
            writer.null("text_url")
            writer.object("meta") { writer in meta(attachment, to: &writer) }
            writer.field("description", attachment.description)
            writer.field("blurhash", attachment.blurhash)
        }
    }

    private static func meta(_ attachment: Attachment, to writer: inout JSONWriter) {
        if let width = attachment.width, let height = attachment.height, width > 0, height > 0 {
            for size in ["original", "small"] {
                writer.object(size) { writer in
                    writer.field("width", width)
                    writer.field("height", height)
                    writer.field("size", "\(width)x\(height)")
                    writer.field("aspect", Double(width) / Double(height))
                }
            }
        }
        if let x = attachment.focusX, let y = attachment.focusY {
            writer.object("focus") { writer in
                writer.field("x", x)
                writer.field("y", y)
            }
        }
    }

    private static func name(of kind: Attachment.Kind) -> String {
        switch kind {
        case .unknown: "unknown"
        case .image: "image"
        case .gifv: "gifv"
        case .video: "video"
        case .audio: "audio"
        }
    }

    /// For a row without any address, which there should not be: no app survives an empty one.
    private static func missing(_ identity: Identity) -> String {
        "\(identity.origin)/static/header/missing.png"
    }
}
