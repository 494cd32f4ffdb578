import ActivityPub
import HTTP
import Storage

/// `GET /users/NAME/followers_synchronization`: the owner's followers on the server of whoever signs, for comparing
/// with what that server knows (FEP-8fcf).
struct FollowersSynchronizationEndpoint: Sendable {
    let identity: Identity
    let store: Store
    let gate: FetchGate

    var routes: [Route] {
        [Route(.get, "/users/:name/followers_synchronization", handle: followers)]
    }

    private func followers(_ request: Request) async throws -> Response {
        guard identity.isOwner(request.parameters["name"]) else { return PublicDocument.notFound }
        let signer: String
        switch try await gate.signer(of: request) {
        case .failure(let refusal): return refusal.response
        case .success(.anybody): return FetchGate.Refusal.unsigned.response
        case .success(.known(let uri, _)): signer = uri
        }
        guard let origin = WebURL(signer)?.origin else { return FetchGate.Refusal.unsigned.response }
        let items = try store.read { try Followers.uris(onOrigin: origin, in: $0) }
        return PublicDocument.signedOnly(
            Collection.synchronization(id: identity.followersSynchronization, items: items))
    }
}
