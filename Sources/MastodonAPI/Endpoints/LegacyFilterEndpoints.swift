import HTTP

/// <https://docs.joinmastodon.org/methods/filters/#v1>
extension ClientAPI {
    var legacyFilterEndpoints: [Endpoint] {
        []
    }
}
