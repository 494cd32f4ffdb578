import HTTP

/// <https://docs.joinmastodon.org/methods/lists/>
extension ClientAPI {
    var listEndpoints: [Endpoint] {
        []
    }
}
