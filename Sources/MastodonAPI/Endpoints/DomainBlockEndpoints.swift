import Federation
import HTTP
import JSON
import Storage

/// Servers that the owner wants nothing to do with, <https://docs.joinmastodon.org/methods/domain_blocks/>.
extension ClientAPI {
    var domainBlockEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/domain_blocks", .owner("read:blocks"), domainBlocks),
            Endpoint(.post, "/api/v1/domain_blocks", .owner("write:blocks")) { call in
                let domain = try domain(of: call)
                guard domain != identity.accountDomain, domain != identity.host else {
                    throw APIError.invalid("Domain cannot be your own")
                }
                try await store.write { tx in try outbox.blockDomain(domain, in: tx) }
                return .emptyObject
            },
            Endpoint(.delete, "/api/v1/domain_blocks", .owner("write:blocks")) { call in
                let domain = try domain(of: call)
                try await store.write { tx in try outbox.unblockDomain(domain, in: tx) }
                return .emptyObject
            },
            Endpoint(.get, "/api/v1/domain_blocks/preview", .owner("write:blocks"), previewDomainBlock),
        ]
    }

    private func domainBlocks(_ call: Call) async throws -> Response {
        let page = call.page(100, atMost: 200)
        let rows = try store.read { try DomainBlocks.page(page, in: $0) }
        return Response.json(capacity: rows.count * 32 + 2) { writer in
            writer.array { writer in
                for row in rows { writer.element(row.domain) }
            }
        }.linked(
            call, identity, first: rows.first?.cursor, last: rows.last?.cursor,
            isFull: rows.count == page.limit, newer: .sinceID)
    }

    /// How many ties a block would cut.
    private func previewDomainBlock(_ call: Call) async throws -> Response {
        let domain = try domain(of: call)
        let (following, followers) = try store.read { snapshot in
            let list = IDList.json(try DomainBlocks.actors(of: domain, in: snapshot))
            return (
                try Following.among(list, in: snapshot).count, try Followers.among(list, in: snapshot).count
            )
        }
        return .json(capacity: 64) { writer in
            writer.object { writer in
                writer.field("following_count", following)
                writer.field("followers_count", followers)
            }
        }
    }

    /// The host that is named, in lower case and ASCII.
    private func domain(of call: Call) throws -> String {
        let text = call.parameters.text("domain")?.trimmingSpaces ?? ""
        guard let url = WebURL("https://\(text)/"), url.path == "/", url.query == nil,
            url.host.contains(".")
        else { throw APIError.invalid("Domain is not a valid domain name") }
        return url.host
    }
}
