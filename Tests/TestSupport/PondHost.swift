package import HTTP

/// Somebody on the pond who answers requests.
package protocol PondHost: Sendable {
    /// - Parameter fields: with those that the sender prepared for this address.
    func answer(_ request: OutboundRequest, fields: Fields) async throws(SendError) -> OutboundResponse
}
