import HTTP

/// <https://docs.joinmastodon.org/methods/notifications/#get-policy>
extension ClientAPI {
    var notificationPolicyEndpoints: [Endpoint] {
        []
    }
}
