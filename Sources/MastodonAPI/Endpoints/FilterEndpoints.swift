import HTTP

/// <https://docs.joinmastodon.org/methods/filters/>
extension ClientAPI {
    var filterEndpoints: [Endpoint] {
        []
    }
}
