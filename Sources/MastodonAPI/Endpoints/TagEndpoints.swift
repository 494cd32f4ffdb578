import Federation
import HTTP
import JSON
import Markup
import Storage

/// <https://docs.joinmastodon.org/methods/tags/>, and which of them the owner follows.
extension ClientAPI {
    var tagEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/tags/:id", .optional("read")) { call in
                let name = try hashtag(call)
                return try store.read { try tag(name, for: call, in: $0) }
            },
            Endpoint(.post, "/api/v1/tags/:id/follow", .owner("write:follows")) { call in
                try await changeTag(call) { name, tx in
                    guard try FollowedHashtags.count(in: tx) < limits.followedHashtags else {
                        throw APIError.invalid(
                            "You cannot follow more than \(limits.followedHashtags) hashtags")
                    }
                    try FollowedHashtags.insert(name, in: tx)
                }
            },
            Endpoint(.post, "/api/v1/tags/:id/unfollow", .owner("write:follows")) { call in
                try await changeTag(call) { name, tx in try FollowedHashtags.remove(name, in: tx) }
            },
            Endpoint(.post, "/api/v1/tags/:id/feature", .owner("write:accounts")) { call in
                try await changeTag(call) { name, tx in
                    try outbox.featureTag(name, in: tx)
                    guard try FeaturedTags.of(identity.owner, in: tx).contains(name) else {
                        throw APIError.invalid("You have already featured the maximum number of hashtags")
                    }
                }
            },
            Endpoint(.post, "/api/v1/tags/:id/unfeature", .owner("write:accounts")) { call in
                try await changeTag(call) { name, tx in try outbox.unfeatureTag(name, in: tx) }
            },
            Endpoint(.get, "/api/v1/followed_tags", .owner("read:follows"), followedTags),
        ]
    }

    /// The name in the path as it is stored.
    ///
    /// - Throws: 404 for what cannot be a hashtag: spaces, signs, digits alone.
    private func hashtag(_ call: Call) throws -> String {
        let name = Hashtags.normalized(call.request.parameters["id"] ?? "")
        guard !name.isEmpty, PostText("#" + name).hashtags == [name] else { throw APIError.notFound }
        return name
    }

    /// A hashtag that nobody used is answered too.
    private func tag(_ name: String, for call: Call, in snapshot: Snapshot) throws -> Response {
        guard call.isOwner else { return .json { writer in TagEntity.write(name, identity, to: &writer) } }
        let ties = TagEntity.Ties(
            isFollowed: try FollowedHashtags.contains(name, in: snapshot),
            isFeatured: try FeaturedTags.of(identity.owner, in: snapshot).contains(name))
        return .json { writer in TagEntity.write(name, identity, ties, to: &writer) }
    }

    /// Does something to a hashtag and answers how things stand then.
    private func changeTag(
        _ call: Call, _ act: @escaping @Sendable (String, Transaction) throws -> Void
    ) async throws -> Response {
        let name = try hashtag(call)
        return try await store.write { tx in
            try act(name, tx)
            return try tag(name, for: call, in: tx)
        }
    }

    private func followedTags(_ call: Call) async throws -> Response {
        let page = call.page(100, atMost: 200)
        return try store.read { snapshot in
            let rows = try FollowedHashtags.page(page, in: snapshot)
            let featured = Set(try FeaturedTags.of(identity.owner, in: snapshot))
            return Response.json { writer in
                writer.array { writer in
                    for (_, name) in rows {
                        let ties = TagEntity.Ties(isFollowed: true, isFeatured: featured.contains(name))
                        TagEntity.write(name, identity, ties, to: &writer)
                    }
                }
            }.linked(
                call, identity, first: rows.first?.cursor, last: rows.last?.cursor,
                isFull: rows.count == page.limit, newer: .sinceID)
        }
    }
}
