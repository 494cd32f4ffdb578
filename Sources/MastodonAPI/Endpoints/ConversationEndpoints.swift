import HTTP

/// <https://docs.joinmastodon.org/methods/conversations/>
extension ClientAPI {
    var conversationEndpoints: [Endpoint] {
        []
    }
}
