import HTTP
import Markup
import Storage

/// What the owner writes down about people, <https://docs.joinmastodon.org/methods/accounts/#note>.
extension ClientAPI {
    var accountNoteEndpoints: [Endpoint] {
        [
            Endpoint(.post, "/api/v1/accounts/:id/note", .owner("write:accounts")) { call in
                let comment = PlainText.cleaned(call.parameters.given("comment") ?? "")
                guard comment.count <= limits.accountNoteLength else {
                    throw APIError.invalid(
                        "Comment is too long (maximum is \(limits.accountNoteLength) characters)")
                }
                return try await change(call, allowsOwner: true) { actor, tx in
                    try AccountNotes.set(comment, for: actor, in: tx)
                }
            }
        ]
    }
}
