import Federation
import HTTP
import Storage

/// Those who ask to follow a locked account, <https://docs.joinmastodon.org/methods/follow_requests/>.
extension ClientAPI {
    var followRequestEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/v1/follow_requests", .owner("read:follows"), followRequests),
            Endpoint(.post, "/api/v1/follow_requests/:id/authorize", .owner("write:follows")) { call in
                try await change(call) { actor, tx in
                    guard try !FollowRequests.among("[\(actor)]", in: tx).isEmpty else {
                        throw APIError.notFound
                    }
                    try outbox.acceptFollower(actor, in: tx)
                }
            },
            Endpoint(.post, "/api/v1/follow_requests/:id/reject", .owner("write:follows")) { call in
                try await change(call) { actor, tx in
                    guard try !FollowRequests.among("[\(actor)]", in: tx).isEmpty else {
                        throw APIError.notFound
                    }
                    try outbox.rejectFollower(actor, in: tx)
                }
            },
        ]
    }

    private func followRequests(_ call: Call) async throws -> Response {
        let page = call.page(40, atMost: 80)
        return try store.read { snapshot in
            try accounts(FollowRequests.page(page, in: snapshot), of: page, for: call, in: snapshot)
        }
    }
}
