import HTTP

/// <https://docs.joinmastodon.org/methods/tags/>
extension ClientAPI {
    var tagEndpoints: [Endpoint] {
        []
    }
}
