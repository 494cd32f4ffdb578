import Basics
import HTTP
import JSON
import Media
import Storage

/// Pictures, films and sounds for posts, <https://docs.joinmastodon.org/methods/media/>.
extension ClientAPI {
    var mediaUploadEndpoints: [Endpoint] {
        [
            // Both versions answer when the file is stored: there is nothing to wait for.
            Endpoint(
                .post, "/api/v1/media", .owner("write:media"), upload,
                files: [.anything("file"), "thumbnail"]),
            Endpoint(
                .post, "/api/v2/media", .owner("write:media"), upload,
                files: [.anything("file"), "thumbnail"]),
            Endpoint(.get, "/api/v1/media/:id", .owner("write:media")) { call in
                try attachment(unattached(call.id()))
            },
            Endpoint(.delete, "/api/v1/media/:id", .owner("write:media"), deleteAttachment),
        ] + Endpoint.update("/api/v1/media/:id", .owner("write:media"), describe, files: ["thumbnail"])
    }

    private func upload(_ call: Call) async throws -> Response {
        guard let uploaded = call.files["file"] else { throw APIError.invalid("File can't be blank") }
        let text = try description(call)
        let own = try await thumbnail(call, for: kind(of: uploaded))
        let prepared = own == nil ? await previews.prepare(uploaded) : Previews.Prepared(file: uploaded)
        let file = prepared.file
        var attachment = Attachment(kind: kind(of: file), createdAt: clock.now())
        attachment.mediaType = file.header.kind.mediaType
        attachment.file = file.name
        attachment.size = Int64(file.size)
        attachment.width = file.header.width.map(Int64.init)
        attachment.height = file.header.height.map(Int64.init)
        attachment.duration = file.header.duration
        attachment.description = text
        let focus = call.parameters.text("focus").flatMap { Focus($0) }
        attachment.focusX = focus?.x
        attachment.focusY = focus?.y
        attachment.show(own ?? prepared)
        attachment.id = try await store.write { [attachment] tx in try Attachments.insert(attachment, in: tx)
        }
        return self.attachment(attachment)
    }

    private func kind(of file: StoredFile) -> Attachment.Kind {
        switch file.header.kind.group {
        case .picture: .image
        case .video: .video
        case .audio: .audio
        }
    }

    /// The picture that the owner chose to stand for a film or a sound, made smaller where that is possible.
    ///
    /// - Throws: 422 when it is no picture, or is to stand for a picture.
    private func thumbnail(_ call: Call, for kind: Attachment.Kind) async throws -> Previews.Prepared? {
        guard let file = call.files["thumbnail"] else { return nil }
        guard kind != .image else { throw APIError.invalid("Thumbnail must be blank") }
        guard file.header.kind.group == .picture else {
            throw APIError.invalid("Thumbnail content type is invalid")
        }
        var prepared = await previews.prepare(file)
        prepared.preview = prepared.preview ?? prepared.file
        return prepared
    }

    private func describe(_ call: Call) async throws -> Response {
        let id: AttachmentID = try call.id()
        let old = try unattached(id)
        let text = call.parameters.given("description") == nil ? old.description : try description(call)
        let focus = call.parameters.text("focus").flatMap { Focus($0) }
        let x = focus?.x ?? old.focusX
        let y = focus?.y ?? old.focusY
        var shown = old
        if let own = try await thumbnail(call, for: old.kind) { shown.show(own) }
        let isNew = shown.preview != old.preview
        try await store.write { [shown] tx in
            try Attachments.describe(
                id, description: text, focus: x.flatMap { x in y.map { (x, $0) } }, in: tx)
            guard isNew, let preview = shown.preview else { return }
            try Attachments.show(
                id, as: preview, width: shown.previewWidth, height: shown.previewHeight,
                blurhash: shown.blurhash, in: tx)
        }
        return attachment(try unattached(id))
    }

    private func deleteAttachment(_ call: Call) async throws -> Response {
        let id: AttachmentID = try call.id()
        let files = try await store.write { tx in
            guard let attachment = try Attachments.find(id, in: tx), attachment.file != nil else {
                throw APIError.notFound
            }
            guard attachment.status == nil, try !Attachments.isReserved(id, in: tx) else {
                throw APIError.unprocessable("Media attachment is in use")
            }
            return try Attachments.removeUnattached(id, in: tx)
        }
        try await uploads.remove(files)
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
        try call.parameters.text("description").flatMap { try limits.mediaDescription($0) }
    }

    private func attachment(_ attachment: Attachment) -> Response {
        .json(capacity: 1_024) { writer in MediaAttachmentEntity.write(attachment, identity, to: &writer) }
    }
}

extension Attachment {
    /// Takes the picture that stands for it, and its blur.
    fileprivate mutating func show(_ prepared: Previews.Prepared) {
        preview = prepared.preview?.name
        previewWidth = prepared.preview?.header.width.map(Int64.init)
        previewHeight = prepared.preview?.header.height.map(Int64.init)
        blurhash = prepared.blurhash
    }
}
