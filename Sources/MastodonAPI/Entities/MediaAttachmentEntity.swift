import Federation
import JSON
import Storage

/// <https://docs.joinmastodon.org/entities/MediaAttachment/>
enum MediaAttachmentEntity {
    static func write(_ attachment: Attachment, _ identity: Identity, to writer: inout JSONWriter) {
        let url = address(of: attachment, identity)
        writer.object { writer in
            writer.field("id", attachment.id.description)
            writer.field("type", name(of: attachment.kind))
            writer.field("url", url)
            writer.field("preview_url", preview(of: attachment, url, identity))
            writer.field("remote_url", attachment.file == nil ? attachment.remoteURL : nil)
            writer.field("preview_remote_url", attachment.previewURL)
            writer.null("text_url")
            writer.object("meta") { writer in meta(attachment, to: &writer) }
            writer.field("description", attachment.description)
            writer.field("blurhash", attachment.blurhash)
        }
    }

    /// Whatever it is, it comes from this server.
    private static func address(of attachment: Attachment, _ identity: Identity) -> String {
        if let file = attachment.file { return identity.media(file) }
        guard let remote = attachment.remoteURL else { return missing(identity) }
        return identity.media(RemoteFile(.attachment, attachment.id.value), at: remote)
    }

    /// A picture is its own preview; a recording without one gets a sign, because some apps drop a video that has none.
    private static func preview(
        of attachment: Attachment, _ url: String, _ identity: Identity
    ) -> String? {
        if let file = attachment.preview { return identity.media(file) }
        if let remote = attachment.previewURL {
            return identity.media(RemoteFile(.preview, attachment.id.value), at: remote)
        }
        return switch attachment.kind {
        case .image: url
        case .gifv, .video: "\(identity.origin)/static/video.png"
        case .audio, .unknown: nil
        }
    }

    private static func meta(_ attachment: Attachment, to writer: inout JSONWriter) {
        if let width = attachment.width, let height = attachment.height, width > 0, height > 0 {
            writer.object("original") { writer in
                size(width, height, to: &writer)
                if let duration = attachment.duration { writer.field("duration", duration) }
            }
            writer.object("small") { writer in
                size(attachment.previewWidth ?? width, attachment.previewHeight ?? height, to: &writer)
            }
        } else if let duration = attachment.duration {
            writer.object("original") { $0.field("duration", duration) }
        }
        if let x = attachment.focusX, let y = attachment.focusY {
            writer.object("focus") { writer in
                writer.field("x", x)
                writer.field("y", y)
            }
        }
    }

    private static func size(_ width: Int64, _ height: Int64, to writer: inout JSONWriter) {
        writer.field("width", width)
        writer.field("height", height)
        writer.field("size", "\(width)x\(height)")
        writer.field("aspect", Double(width) / Double(max(1, height)))
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
