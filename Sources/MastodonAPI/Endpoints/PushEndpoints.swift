import HTTP

/// <https://docs.joinmastodon.org/methods/push/>
extension ClientAPI {
    var pushEndpoints: [Endpoint] {
        []
    }
}
