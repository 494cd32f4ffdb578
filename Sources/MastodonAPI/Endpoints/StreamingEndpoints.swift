import HTTP

/// <https://docs.joinmastodon.org/methods/streaming/>
extension ClientAPI {
    var streamingEndpoints: [Endpoint] {
        []
    }
}
