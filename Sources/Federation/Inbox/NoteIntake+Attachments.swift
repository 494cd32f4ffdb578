import ActivityPub
import Basics
import Storage

extension NoteIntake {
    /// Takes over descriptions and focal points that changed without an edit.
    func describe(_ id: StatusID, in tx: Transaction) throws {
        guard attachments.contains(where: { $0.description != nil || $0.focalPoint != nil }) else { return }
        let known = try Attachments.of("[\(id)]", in: tx)[id] ?? []
        for attachment in known {
            guard let document = attachments.first(where: { $0.url == attachment.remoteURL }) else {
                continue
            }
            let text = document.keptDescription
            guard
                text != attachment.description || document.focalPoint?.x != attachment.focusX
                    || document.focalPoint?.y != attachment.focusY
            else { continue }
            try Attachments.describe(
                attachment.id, description: text,
                focus: document.focalPoint.map { (x: $0.x, y: $0.y) }, in: tx)
        }
    }
}

extension AttachmentDocument {
    var keptDescription: String? {
        description.map { String($0.prefix(NoteIntake.Limits.description)) }
    }

    /// The row that is kept of it.
    func stored(of id: StatusID, at now: Timestamp) -> Attachment {
        let kind: Attachment.Kind =
            switch kind {
            case .image: .image
            case .video: .video
            case .audio: .audio
            case .link, .unknown: .unknown
            }
        var attachment = Attachment(kind: kind, createdAt: now)
        attachment.status = id
        attachment.mediaType = mediaType
        attachment.remoteURL = url
        attachment.description = keptDescription
        attachment.width = width.map(Int64.init)
        attachment.height = height.map(Int64.init)
        attachment.focusX = focalPoint?.x
        attachment.focusY = focalPoint?.y
        attachment.blurhash = blurhash
        attachment.previewURL = preview
        attachment.duration = duration
        return attachment
    }
}
