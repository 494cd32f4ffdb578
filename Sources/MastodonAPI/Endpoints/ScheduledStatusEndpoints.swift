import HTTP

/// <https://docs.joinmastodon.org/methods/scheduled_statuses/>
extension ClientAPI {
    var scheduledStatusEndpoints: [Endpoint] {
        []
    }
}
