import Basics
import HTTP
import JSON
import Media
import Storage

/// Files for posts, <https://docs.joinmastodon.org/methods/media/>.
extension ClientAPI {
    var mediaUploadEndpoints: [Endpoint] {
        [
            // Both versions answer when the file is stored: there is nothing to wait for.
            Endpoint(.post, "/api/v1/media", .owner("write:media"), upload, files: [.anything("file")]),
            Endpoint(.post, "/api/v2/media", .owner("write:media"), upload, files: [.anything("file")]),
            Endpoint(.get, "/api/v1/media/:id", .owner("write:media")) { call in
                try attachment(unattached(call.id()))
            },
            Endpoint(.delete, "/api/v1/media/:id", .owner("write:media"), deleteAttachment),
        ] + Endpoint.update("/api/v1/media/:id", .owner("write:media"), describe, files: ["thumbnail"])
    }

    private func upload(_ call: Call) async throws -> Response {
        guard let file = call.files["file"] else { throw APIError.invalid("File can't be blank") }
        let now = clock.now()
        var attachment = Attachment(kind: file.header.kind.attachment, createdAt: now)
        attachment.mediaType = file.header.kind.mediaType
        attachment.file = file.name
        attachment.size = Int64(file.size)
        attachment.width = file.header.width.map(Int64.init)
        attachment.height = file.header.height.map(Int64.init)
        attachment.duration = file.header.duration
        attachment.description = try description(call)
        let focus = call.parameters.text("focus").flatMap { Focus($0) }
        attachment.focusX = focus?.x
        attachment.focusY = focus?.y
        attachment.id = try await store.write { [attachment] tx in try Attachments.insert(attachment, in: tx)
        }
        return self.attachment(attachment)
    }

    private func describe(_ call: Call) async throws -> Response {
        let id: AttachmentID = try call.id()
        let old = try unattached(id)
        let text = call.parameters.given("description") == nil ? old.description : try description(call)
        let focus = call.parameters.text("focus").flatMap { Focus($0) }
        let x = focus?.x ?? old.focusX
        let y = focus?.y ?? old.focusY
        try await store.write { tx in
            try Attachments.describe(
                id, description: text, focus: x.flatMap { x in y.map { (x, $0) } }, in: tx)
        }
        return attachment(try unattached(id))
    }

    private func deleteAttachment(_ call: Call) async throws -> Response {
        let id: AttachmentID = try call.id()
        let file = try await store.write { tx in
            guard let attachment = try Attachments.find(id, in: tx), attachment.file != nil else {
                throw APIError.notFound
            }
            guard attachment.status == nil, try !Attachments.isReserved(id, in: tx) else {
                throw APIError.unprocessable("Media attachment is in use")
            }
            return try Attachments.removeUnattached(id, in: tx)
        }
        if let file { try uploads.remove([file]) }
        return .emptyObject
    }

    /// An own file that no post has yet; 404 for all others.
    private func unattached(_ id: AttachmentID) throws -> Attachment {
        guard let attachment = try store.read({ try Attachments.find(id, in: $0) }), attachment.file != nil,
            attachment.status == nil
        else { throw APIError.notFound }
        return attachment
    }

    private func description(_ call: Call) throws -> String? {
        guard let text = call.parameters.text("description")?.trimmingSpaces, !text.isEmpty else {
            return nil
        }
        guard text.count <= limits.descriptionLength else {
            throw APIError.invalid(
                "Description is too long (maximum is \(limits.descriptionLength) characters)")
        }
        return text
    }

    private func attachment(_ attachment: Attachment) -> Response {
        .json(capacity: 1_024) { writer in MediaAttachmentEntity.write(attachment, identity, to: &writer) }
    }
}

extension MediaKind {
    /// What an own file of this kind is called where it is shown.
    fileprivate var attachment: Attachment.Kind {
        switch group {
        case .picture: .image
        case .video: .video
        case .audio: .audio
        }
    }
}
