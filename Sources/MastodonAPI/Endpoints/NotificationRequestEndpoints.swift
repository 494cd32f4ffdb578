import HTTP

/// <https://docs.joinmastodon.org/methods/notifications/#get-requests>
extension ClientAPI {
    var notificationRequestEndpoints: [Endpoint] {
        []
    }
}
