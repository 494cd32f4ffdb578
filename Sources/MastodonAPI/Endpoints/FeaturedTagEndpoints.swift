import Federation
import HTTP
import JSON
import Markup
import Storage

/// Hashtags on the profile, <https://docs.joinmastodon.org/methods/featured_tags/>.
extension ClientAPI {
    var featuredTagEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/featured_tags", .owner("read:accounts")) { _ in
                try featuredTags(of: identity.owner)
            },
            Endpoint(.post, "/api/v1/featured_tags", .owner("write:accounts"), featureTag),
            Endpoint(.delete, "/api/v1/featured_tags/:id", .owner("write:accounts"), unfeatureTag),
            Endpoint(.get, "/api/v1/accounts/:id/featured_tags", .optional("read:accounts")) { call in
                let id: ActorID = try call.id()
                try requireVisible(id, for: call)
                return try featuredTags(of: id)
            },
        ]
    }

    private func featuredTags(of actor: ActorID) throws -> Response {
        let tags = try store.read { try FeaturedTags.uses(by: actor, in: $0) }
        return .json(capacity: tags.count * 192 + 2) { writer in
            writer.array { writer in
                for tag in tags { TagEntity.writeFeatured(tag, identity, to: &writer) }
            }
        }
    }

    private func featureTag(_ call: Call) async throws -> Response {
        let given = call.parameters.given("name")?.trimmingSpaces ?? ""
        let name = given.hasPrefix("#") ? String(given.dropFirst()) : given
        guard !name.isEmpty, PostText("#" + name).hashtags == [name] else {
            throw APIError.invalid("Tag is invalid")
        }
        let stored = name.lowercased()
        let tag = try await store.write { tx in
            try outbox.featureTag(name, in: tx)
            return try FeaturedTags.uses(by: identity.owner, in: tx).first { $0.name == stored }
        }
        guard let tag else {
            throw APIError.invalid("You have already featured the maximum number of hashtags")
        }
        return .json { writer in TagEntity.writeFeatured(tag, identity, to: &writer) }
    }

    private func unfeatureTag(_ call: Call) async throws -> Response {
        guard let asked = call.request.parameters["id"]?.lowercased() else { throw APIError.notFound }
        try await store.write { tx in
            let featured = try FeaturedTags.of(identity.owner, in: tx)
            guard let name = featured.first(where: { $0 == asked || TagEntity.id(of: $0) == asked }) else {
                throw APIError.notFound
            }
            try outbox.unfeatureTag(name, in: tx)
        }
        return .emptyObject
    }
}
