import Federation
import HTTP

@testable import ActivityPub

/// Requests that say who signed them, in the place of a signature.
enum Signed {
    /// Believes a field of its own; without it nobody signed.
    static let check: SenderCheck = { request in
        guard let actor = request.fields["X-Signed"] else { return nil }
        if actor == "broken" { throw SignatureFault.signatureInvalid }
        if actor == "unreachable" { throw Unreachable() }
        return VerifiedSender(actorID: actor, keyID: actor + "#main-key")
    }

    struct Unreachable: Error {}
}

extension Asking {
    func get(_ target: String, signedBy actor: String) async throws -> Response {
        try await get(target, fields: [("X-Signed", actor)])
    }
}
