import Federation
import HTTP
import Storage

/// People whom the owner shows on the profile, <https://docs.joinmastodon.org/methods/endorsements/>.
extension ClientAPI {
    var endorsementEndpoints: [Endpoint] {
        // `pin` and `unpin` are what they were called until Mastodon 4.4.
        ["endorse", "pin"].map { name in
            Endpoint(.post, "/api/v1/accounts/:id/\(name)", .owner("write:accounts")) { call in
                try await change(call) { actor, tx in
                    guard try Following.contains(actor, in: tx) else {
                        throw APIError.invalid("You must be already following the person you want to endorse")
                    }
                    try Endorsements.insert(actor, in: tx)
                }
            }
        }
            + ["unendorse", "unpin"].map { name in
                Endpoint(.post, "/api/v1/accounts/:id/\(name)", .owner("write:accounts")) { call in
                    try await change(call) { actor, tx in try Endorsements.remove(actor, in: tx) }
                }
            } + [
                Endpoint(.get, "/api/v1/endorsements", .owner("read:accounts")) { call in
                    try endorsed(by: identity.owner, call)
                },
                Endpoint(.get, "/api/v1/accounts/:id/endorsements", .optional("read:accounts")) { call in
                    let id: ActorID = try call.id()
                    try requireVisible(id, for: call)
                    return try endorsed(by: id, call)
                },
            ]
    }

    /// Of others it is not known whom they show.
    private func endorsed(by actor: ActorID, _ call: Call) throws -> Response {
        guard actor == identity.owner else { return .emptyList }
        var page = call.page(40, atMost: 80)
        // Asked for none, an app gets all.
        if call.parameters.int("limit") == 0 { page.limit = limits.endorsementsAtOnce }
        return try store.read { snapshot in
            try accounts(Endorsements.page(page, in: snapshot), of: page, for: call, in: snapshot)
        }
    }
}
