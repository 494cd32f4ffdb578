import ActivityPub
import HTTP
import JSON
import Storage

/// `GET /users/NAME/quote_authorizations/ID`: that the owner lets one post quote another (FEP-044f).
///
/// Open to everybody, always: whoever shows the quote has to check it. What was taken back is gone (410).
struct QuoteStampEndpoint: Sendable {
    let identity: Identity
    let store: Store

    var routes: [Route] {
        [Route(.get, "/users/:name/quote_authorizations/:id", handle: stamp)]
    }

    private func stamp(_ request: Request) throws -> Response {
        guard identity.isOwner(request.parameters["name"]),
            let id = request.parameters["id"].flatMap({ StatusID($0) })?.value
        else { return PublicDocument.notFound }
        let found = try store.read { snapshot in
            try QuoteAuthorizations.find(id, in: snapshot).flatMap { stamp in
                try Statuses.find(stamp.status, in: snapshot).map { (stamp, quoted: $0.uri) }
            }
        }
        guard let (stamp, quoted) = found else { return PublicDocument.notFound }
        switch stamp.state {
        case .approved:
            return PublicDocument(
                QuoteStamp.document(
                    id: identity.quoteAuthorization(id), owner: identity.actor, quoting: stamp.interacting,
                    quoted: quoted)
            ).response(to: request)
        case .revoked: return .text(.gone, "This was taken back.\n")
        case .pending, .refused: return PublicDocument.notFound
        }
    }
}
