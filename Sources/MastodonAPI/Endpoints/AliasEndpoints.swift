import Federation
import HTTP
import Storage

/// Other accounts of the owner's, from which followers may be brought here,
/// <https://docs.gotosocial.org/en/latest/api/swagger/> (`accountAlias`); Mastodon has it only on its pages.
extension ClientAPI {
    var aliasEndpoints: [Endpoint] {
        [Endpoint(.post, "/api/v1/accounts/alias", .owner("write:accounts"), setAliases)]
    }

    /// Replaces the list. Each account is looked up, so that what others are told is its id.
    private func setAliases(_ call: Call) async throws -> Response {
        let names = call.parameters.texts("also_known_as_uris").filter { !$0.isEmpty }
        guard call.parameters["also_known_as_uris"] != nil else {
            throw APIError.badRequest("Missing parameter: also_known_as_uris")
        }
        guard names.count <= limits.aliases else {
            throw APIError.invalid("Also known as URIs can't be more than \(limits.aliases)")
        }
        var people: [ActorID] = []
        for name in names {
            guard case .account(let id)? = await resolver.lookUp(name), id != identity.owner else {
                throw APIError.invalid("Also known as URIs must be addresses of other accounts")
            }
            people.append(id)
        }
        try await store.write { [people] tx in
            let actors = try Actors.find(people, in: tx)
            try outbox.setAliases(people.compactMap { actors[$0]?.uri }, in: tx)
        }
        return try credentialAccount()
    }
}
