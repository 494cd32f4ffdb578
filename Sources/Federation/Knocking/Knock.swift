package import Basics
package import HTTP

/// Sends signed requests: to nobody who is blocked, and a second time with another signature where the first is not
/// understood.
package struct Knock: Sendable {
    private let send: SendRequest
    private let open: OpenRequest
    private let signing: Signing
    package let manners: HostManners
    private let clock: Clock

    /// - Parameter open: asks for what is too large to be gathered; by default nothing is.
    package init(
        send: @escaping SendRequest,
        open: @escaping OpenRequest = { _ throws(SendError) in throw .addressRefused },
        signing: Signing, manners: HostManners, clock: Clock
    ) {
        self.send = send
        self.open = open
        self.signing = signing
        self.manners = manners
        self.clock = clock
    }

    /// One exchange, or two where the host does not take the first signature.
    ///
    /// - Parameters:
    ///   - digest: the value of the `Digest` field; nil for a GET.
    ///   - covered: a further field that the signature covers.
    func callAsFunction(
        _ request: OutboundRequest, as signer: Signing.Signer, digest: String? = nil,
        covered: (name: String, value: String)? = nil
    ) async throws(SendError) -> OutboundResponse {
        let host = request.url.authority
        guard !manners.isBlocked(host) else { throw .addressRefused }
        let scheme = manners.scheme(for: host)
        let first = try await send(signed(request, scheme, as: signer, digest: digest, covered: covered))
        guard [400, 401, 403].contains(first.status.code) else { return first }
        if digest == nil && first.status.code == 400 {
            // Some answer 400 to any signature that they cannot check, also where none is needed.
            let unsigned = try await self.unsigned(request)
            return unsigned.status.isSuccess ? unsigned : first
        }
        let other = scheme.alternative(hasQuery: digest == nil && request.url.query != nil)
        let second = try await send(signed(request, other, as: signer, digest: digest, covered: covered))
        guard second.status.isSuccess else { return second.status.code == 401 ? second : first }
        await manners.learn(other, of: host)
        return second
    }

    /// An exchange without a signature, as for WebFinger.
    func unsigned(_ request: OutboundRequest) async throws(SendError) -> OutboundResponse {
        try await send(guarded(request))
    }

    /// The same for an answer whose body is pulled; whoever does not read to its end must close it.
    func opened(_ request: OutboundRequest) async throws(SendError) -> IncomingResponse {
        try await open(guarded(request))
    }

    private func guarded(_ request: OutboundRequest) -> OutboundRequest {
        var request = request
        request.prepare = { [manners] (url: WebURL) async throws(SendError) -> Fields in
            // A redirect may lead to somebody who is blocked.
            guard !manners.isBlocked(url.authority) else { throw .addressRefused }
            return Fields()
        }
        return request
    }

    private func signed(
        _ request: OutboundRequest, _ scheme: SignatureScheme, as signer: Signing.Signer, digest: String?,
        covered: (name: String, value: String)?
    ) -> OutboundRequest {
        var request = request
        let method = request.method
        let contentType = request.fields["Content-Type"]
        request.prepare = { [signing, manners] (url: WebURL) async throws(SendError) -> Fields in
            // A redirect may lead to somebody who is blocked.
            guard !manners.isBlocked(url.authority) else { throw .addressRefused }
            return try await signing.fields(
                for: url, method: method, digest: digest, contentType: contentType, covered: covered,
                scheme: scheme, as: signer)
        }
        return request
    }
}
