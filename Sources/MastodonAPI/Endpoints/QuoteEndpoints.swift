import Federation
import HTTP
import Storage

/// Who quotes the owner's posts, and who may, <https://docs.joinmastodon.org/methods/statuses/#quotes>.
extension ClientAPI {
    var quoteEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/statuses/:id/quotes", .optional("read:statuses"), quotes),
            Endpoint(
                .post, "/api/v1/statuses/:id/quotes/:quoting/revoke", .owner("write:statuses"), revokeQuote),
        ]
            + Endpoint.update(
                "/api/v1/statuses/:id/interaction_policy", .owner("write:statuses"), changePolicy)
    }

    private func quotes(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let page = call.page(20, atMost: 40)
        return try store.read { snapshot in
            try requireVisible(id, for: call, in: snapshot)
            let ids = try Quotes.page(of: id, page, in: snapshot)
            return try timeline(ids, for: call, in: snapshot).linked(
                call, identity, first: ids.first?.value, last: ids.last?.value,
                isFull: ids.count == page.limit)
        }
    }

    private func revokeQuote(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        let quoting: StatusID = try call.id("quoting")
        try await store.write { tx in
            guard let status = try Statuses.find(id, in: tx), try Quotes.find(quoting, in: tx)?.quoted == id
            else { throw APIError.notFound }
            guard status.actor == identity.owner else { throw APIError.notAllowed }
            try outbox.revokeQuote(by: quoting, in: tx)
        }
        return try status(quoting, for: call)
    }

    private func changePolicy(_ call: Call) async throws -> Response {
        let id: StatusID = try call.id()
        guard let quoters = try Draft.quoters(call.parameters) else {
            throw APIError.invalid("Quote approval policy can't be blank")
        }
        try await store.write { tx in
            guard var status = try Statuses.find(id, in: tx), status.actor == identity.owner,
                status.reblogOf == nil
            else { throw APIError.notFound }
            let before = status.rights
            status.setQuoters(quoters)
            guard status.rights != before else { return }
            try Statuses.setRights(status.rights, of: id, in: tx)
            try outbox.refresh(id, in: tx)
        }
        return try status(id, for: call)
    }
}
