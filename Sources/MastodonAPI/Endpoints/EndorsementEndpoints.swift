import HTTP

/// <https://docs.joinmastodon.org/methods/accounts/#endorse>
extension ClientAPI {
    var endorsementEndpoints: [Endpoint] {
        []
    }
}
