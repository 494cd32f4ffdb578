import Basics
import Federation
import HTTP
import Storage

/// <https://docs.joinmastodon.org/methods/timelines/>
extension ClientAPI {
    var timelineEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/timelines/home", .owner("read:statuses"), homeTimeline).kept,
            Endpoint(.get, "/api/v1/timelines/public", .optional("read:statuses"), publicTimeline),
            Endpoint(.get, "/api/v1/timelines/tag/:hashtag", .optional("read:statuses"), tagTimeline),
            Endpoint(.get, "/api/v1/timelines/list/:id", .owner("read:lists"), listTimeline),
            Endpoint(.get, "/api/v1/timelines/direct", .owner("read:statuses"), directTimeline),
            Endpoint(.get, "/api/v1/timelines/link", .optional("read:statuses"), linkTimeline),
        ]
    }

    private func homeTimeline(_ call: Call) async throws -> Response {
        let page = call.page(20, atMost: 40)
        let isLocal = call.parameters.bool("local") ?? false
        return try store.read { snapshot in
            let ids = try HomeTimeline.page(page, in: snapshot)
            return try timeline(ids, for: call, in: snapshot) { status, _ in
                !isLocal || status.actor == identity.owner
            }.linked(call, identity, first: ids.first?.value, last: ids.last?.value, isFull: true)
        }
    }

    private func publicTimeline(_ call: Call) async throws -> Response {
        let origin = try origin(of: call)
        let page = call.page(20, atMost: 40)
        let onlyMedia = call.parameters.bool("only_media") ?? false
        return try store.read { snapshot in
            let ids = try Statuses.publicPage(
                page, localTo: origin == .here ? identity.owner : nil, onlyMedia: onlyMedia, in: snapshot)
            return try filtered(ids, from: origin, for: call, in: snapshot)
        }
    }

    /// `any[]`, `all[]` and `none[]` are other hashtags, at most four each.
    private func tagTimeline(_ call: Call) async throws -> Response {
        let origin = try origin(of: call)
        guard let name = call.request.parameters["hashtag"].map({ Hashtags.normalized($0) }) else {
            throw APIError.notFound
        }
        let page = call.page(20, atMost: 40)
        let names = ["any", "all", "none"].map {
            call.parameters.texts($0).prefix(4).map { Hashtags.normalized($0) }
        }
        return try store.read { snapshot in
            let ids = try Hashtags.page([name] + names[0], all: names[1], none: names[2], page, in: snapshot)
            return try filtered(ids, from: origin, for: call, in: snapshot)
        }
    }

    private func listTimeline(_ call: Call) async throws -> Response {
        let id: ListID = try call.id()
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            _ = try known(Lists.find(id, in: snapshot))
            let ids = try ListPosts.page(of: id, page, in: snapshot)
            return try timeline(ids, for: call, in: snapshot).linked(
                call, identity, first: ids.first?.value, last: ids.last?.value, isFull: true)
        }
    }

    private func directTimeline(_ call: Call) async throws -> Response {
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            let ids = try Statuses.directPage(page, in: snapshot)
            return try timeline(ids, for: call, in: snapshot).linked(
                call, identity, first: ids.first?.value, last: ids.last?.value, isFull: true)
        }
    }

    /// Posts about a link that many talk of; nobody counts those here, so there is never such a link.
    private func linkTimeline(_ call: Call) async throws -> Response {
        guard call.parameters.text("url") != nil else {
            throw APIError.badRequest("param is missing or the value is empty: url")
        }
        return .emptyList
    }

    /// Which posts of a timeline are asked for.
    private enum Origin {
        case anywhere
        case here
        case elsewhere
    }

    /// What others wrote is shown to the owner only: the page would tell everybody whom the owner reads.
    private func origin(of call: Call) throws -> Origin {
        let isLocal = call.parameters.bool("local") ?? false
        guard isLocal || call.isOwner else { throw APIError.needsOwnerToRead }
        if isLocal { return .here }
        return call.parameters.bool("remote") ?? false ? .elsewhere : .anywhere
    }

    /// The page with only the posts from there, and only those with media where that is wanted. It may be
    /// short; the Link field goes by what the store gave.
    private func filtered(
        _ ids: [StatusID], from origin: Origin, for call: Call, in snapshot: Snapshot
    ) throws -> Response {
        let onlyMedia = call.parameters.bool("only_media") ?? false
        let owner = identity.owner
        let answer = try timeline(ids, for: call, in: snapshot) { status, batch in
            if onlyMedia && batch.attachments[status.id] == nil { return false }
            return switch origin {
            case .anywhere: true
            case .here: status.actor == owner
            case .elsewhere: status.actor != owner
            }
        }
        return answer.linked(call, identity, first: ids.first?.value, last: ids.last?.value, isFull: true)
    }
}
