import Basics
import Federation
import HTTP
import JSON
import Storage

/// Posts, <https://docs.joinmastodon.org/methods/statuses/>. Writing them is in `PostingEndpoints`.
extension ClientAPI {
    var statusEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/statuses", .optional("read:statuses"), severalStatuses),
            Endpoint(.get, "/api/v1/statuses/:id", .optional("read:statuses")) { call in
                try status(call.id(), for: call)
            },
            Endpoint(.get, "/api/v1/statuses/:id/context", .optional("read:statuses"), context),
            Endpoint(.get, "/api/v1/statuses/:id/source", .owner("read:statuses"), statusSource),
            Endpoint(.get, "/api/v1/statuses/:id/history", .optional("read:statuses"), history),
            Endpoint(.get, "/api/v1/statuses/:id/reblogged_by", .optional("read:statuses")) { call in
                try people(call) { id, page, snapshot in try Boosts.page(of: id, page, in: snapshot) }
            },
            Endpoint(.get, "/api/v1/statuses/:id/favourited_by", .optional("read:statuses")) { call in
                try people(call) { id, page, snapshot in try Favourites.page(by: id, page, in: snapshot) }
            },
        ] + postingEndpoints
    }

    private func severalStatuses(_ call: Call) async throws -> Response {
        let texts = call.parameters.texts("id")
        guard texts.count <= 20 else { throw APIError.invalid("Too many ids") }
        let ids = texts.compactMap { StatusID($0) }
        return try store.read { snapshot in
            let shown = try call.isOwner ? ids : own(ids, in: snapshot)
            return try chosen(shown, for: call, in: snapshot)
        }
    }

    private func own(_ ids: [StatusID], in snapshot: Snapshot) throws -> [StatusID] {
        let found = try Statuses.find(ids, in: snapshot)
        return ids.filter { found[$0]?.actor == identity.owner }
    }

    /// Visitors get a slice of a long conversation. Beyond Mastodon, `min_id` names the reply after which it begins, and
    /// the Link field leads to the next one.
    private func context(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        if call.isOwner { openThread(id) }
        let thread = try store.read { snapshot in
            try requireVisible(id, for: call, in: snapshot)
            var thread = try ThreadAround(id, limit: limits.contextForOwner, in: snapshot)
            if !call.isOwner {
                try thread.keepForEverybody(
                    limits.contextForOthers, after: call.parameters.text("min_id").flatMap { StatusID($0) },
                    in: snapshot)
            }
            return thread
        }
        let body = ThreadBody(ancestors: thread.above, descendants: thread.below) { [self] ids in
            try store.read { try list(ids, for: call, in: $0) }
        }
        var response = Response(
            .ok, fields: ["Content-Type": "application/json; charset=utf-8"], body: .stream(body.body))
        if thread.above.count + thread.below.count <= ThreadBody.slice {
            var bytes: [UInt8] = []
            while let piece = try await body.body.next() { bytes += piece }
            response = .json(.ok, bytes)
        }
        if thread.isCut, let last = thread.below.last {
            response.fields["Link"] =
                "<\(identity.origin)/api/v1/statuses/\(id)/context?min_id=\(last)>; rel=\"next\""
        }
        return response
    }

    /// A JSON array of those of these posts that the reader may see.
    private func list(
        _ ids: ArraySlice<StatusID>, for call: Call, in snapshot: Snapshot
    ) throws -> [UInt8] {
        let batch = try loader(for: call).statuses(Array(ids), in: snapshot)
        var entity = StatusEntity(batch)
        var writer = JSONWriter(capacity: ids.count * 2_048)
        writer.array { writer in
            for id in ids where batch.isWanted(id) { entity.write(id, to: &writer) }
        }
        return writer.bytes
    }

    private func statusSource(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        return try store.read { snapshot in
            guard let status = try Statuses.find(id, in: snapshot), status.actor == identity.owner,
                let text = try Statuses.source(of: id, in: snapshot)
            else { throw APIError.notFound }
            let isMarkdown = try MarkdownStatuses.contains(id, in: snapshot)
            return .json { writer in
                writer.object { writer in
                    writer.field("id", id.description)
                    writer.field("text", text)
                    writer.field("spoiler_text", status.spoiler)
                    // As glitch-soc and GoToSocial say it.
                    if isMarkdown { writer.field("content_type", PostFormat.markdown.rawValue) }
                }
            }
        }
    }

    /// All versions, the oldest first; a post that was never edited has one. Pictures are those of today.
    private func history(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        return try store.read { snapshot in
            let batch = try loader(for: call).statuses([id], in: snapshot)
            guard batch.isVisible(id), let status = batch.statuses[id], isShown(status, to: call),
                let author = batch.actors[status.actor]
            else {
                throw APIError.notFound
            }
            var versions = try StatusEdits.of(id, in: snapshot)
            versions.append(
                (status.editedAt ?? status.createdAt, status.content, status.spoiler, status.sensitive))
            return .json { writer in
                writer.array { writer in
                    for version in versions {
                        writer.object { writer in
                            writer.field("content", version.content)
                            writer.field("spoiler_text", version.spoiler)
                            writer.field("sensitive", version.sensitive)
                            writer.field("created_at", ISO8601.milliseconds(version.createdAt.milliseconds))
                            AccountEntity.write(author, as: "account", identity, to: &writer)
                            writer.array("media_attachments") { writer in
                                for attachment in batch.attachments[id] ?? [] {
                                    MediaAttachmentEntity.write(attachment, identity, to: &writer)
                                }
                            }
                            writer.raw("emojis", EmojiEntity.list(status.emojis, identity))
                        }
                    }
                }
            }
        }
    }

    private func people(
        _ call: Call, _ rows: (StatusID, Page, Snapshot) throws -> [(cursor: Int64, actor: ActorID)]
    ) throws -> Response {
        let id: StatusID = try call.id()
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            try requireVisible(id, for: call, in: snapshot)
            return try accounts(rows(id, page, snapshot), of: page, for: call, in: snapshot)
        }
    }

    /// - Throws: 404 when the post is not there or not for the caller.
    func requireVisible(_ id: StatusID, for call: Call, in snapshot: Snapshot) throws {
        guard isShown(try Statuses.find(id, in: snapshot), to: call) else { throw APIError.notFound }
    }
}
