import Crypto
import HTTP
import Storage

/// <https://docs.joinmastodon.org/methods/streaming/>
extension ClientAPI {
    /// Every address answers an upgrade too. Tokens are looked at here, because those of browsers come as
    /// Sec-WebSocket-Protocol.
    var streamingEndpoints: [Endpoint] {
        let streams = [
            "user": "user", "user/notification": "user:notification", "public": "public",
            "public/local": "public:local", "public/remote": "public:remote", "hashtag": "hashtag",
            "hashtag/local": "hashtag:local", "list": "list", "direct": "direct",
        ]
        return streams.map { path, name in
            Endpoint(.get, "/api/v1/streaming/\(path)", .open) { call in
                WebSocketHandshake.isAsked(call.request)
                    ? try webSocket(call, following: name) : try eventStream(call, of: name)
            }
        } + [
            Endpoint(.get, "/api/v1/streaming", .open) { call in
                guard WebSocketHandshake.isAsked(call.request) else { throw APIError.notFound }
                return try webSocket(call, following: call.parameters.texts("stream").first)
            },
            Endpoint(.get, "/api/v1/streaming/health", .open) { _ in .text(.ok, "OK") },
        ]
    }

    private func webSocket(_ call: Call, following name: String?) throws -> Response {
        let request = call.request
        let offered = WebSocketHandshake.offered(request).first
        let secret = Bearer.inHead(of: request) ?? offered
        let access = Access.owner(["read:statuses", "read:notifications", "read:lists"])
        guard let token = try authorize(secret, access) else { throw APIError.unauthorized }
        // Browsers give up when what they offered does not come back.
        switch WebSocketHandshake.answer(request, subprotocol: offered, sha1: { Digest.sha1($0) }) {
        case .refuse(let refusal):
            var response = APIError(refusal.status, refusal.status.reason).response
            for name in ["Upgrade", "Sec-WebSocket-Version"] {
                response.fields[name] = refusal.fields[name]
            }
            return response
        case .accept(let fields):
            let seat = try seat(for: token)
            let parameters = call.parameters
            return Response(
                .switchingProtocols, fields: fields,
                body: .webSocket(protocol: nil) { channel in
                    let first = name.map { name in
                        { @Sendable () throws in try StreamSubscription(name, parameters) }
                    }
                    await StreamSocket(seat: seat, channel: channel).run(first)
                })
        }
    }

    private func eventStream(_ call: Call, of name: String) throws -> Response {
        let access = Access.owner(["read:statuses", "read:notifications", "read:lists"])
        guard let token = try authorize(Bearer.inHead(of: call.request), access) else {
            throw APIError.unauthorized
        }
        let subscription = try StreamSubscription(name, call.parameters)
        let seat = try seat(for: token)
        try seat.reader.subscribe(to: subscription)
        let body = EventStreamBody(seat, heartbeat: limits.streamHeartbeat)
        return Response(
            .ok,
            fields: [
                "Content-Type": EventStream.contentType, "Cache-Control": "no-store",
                "X-Accel-Buffering": "no",
            ],
            body: .stream(BodyStream { await body.next() }))
    }

    /// A place among the readers.
    ///
    /// - Throws: 503 when there is none.
    private func seat(for token: OAuthTokens.Token) throws -> StreamSeat {
        let seat = try streams.join(
            StreamReader(token: token.id, scopes: ScopeSet(token.scopes), limits: limits, clock: clock))
        // Had it been revoked between the first look and now, nobody would tell.
        guard try store.read({ try OAuthTokens.contains(token.id, in: $0) }) else {
            throw APIError.unauthorized
        }
        return seat
    }
}

extension StreamSubscription {
    fileprivate init(_ name: String, _ parameters: Parameters) throws {
        try self.init(
            name, tag: parameters.texts("tag").first, list: parameters.texts("list").first,
            onlyMedia: parameters.bool("only_media") ?? false)
    }
}
