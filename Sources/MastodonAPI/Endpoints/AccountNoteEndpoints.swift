import HTTP

/// <https://docs.joinmastodon.org/methods/accounts/#note>
extension ClientAPI {
    var accountNoteEndpoints: [Endpoint] {
        []
    }
}
