import Basics
import Federation
package import HTTP

/// What others send.
extension Islet {
    /// Delivers an activity of somebody's, signed with their key, changed by the test before it is signed.
    @discardableResult
    package func receive(
        _ body: String, from actor: StrangerActor, change: (inout SignedPost) -> Void = { _ in }
    ) async throws -> Status {
        try await receive(Array(body.utf8), from: actor, change: change)
    }

    @discardableResult
    package func receive(
        _ body: [UInt8], from actor: StrangerActor, change: (inout SignedPost) -> Void = { _ in }
    ) async throws -> Status {
        guard let url = WebURL(identity.inbox) else { preconditionFailure("an inbox is an address") }
        var post = SignedPost(to: url, body: body, keyID: actor.keyID, at: clock.now())
        change(&post)
        return await answer(try post.request()).status
    }
}
