import Basics
import Crypto
import Glibc
import HTTP
import Net

struct EchoCommand: Command {
    static let name = "echo"
    static let summary = "answers with what it received: for protocol test suites, never for production"
    static let help = """
        islet echo --listen ADDR:PORT

        / answers HTTP requests with their own body, or with their head when there is none;
        /ws echoes WebSocket messages.
        """

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words, options: ["listen"])
        try arguments.refuseRest()
        let sockets = try ServeCommand.sockets(arguments.all("listen"))
        guard !sockets.isEmpty else { throw Failure(.usage, "--listen is needed; see «islet help echo».") }
        var limits = Limits.standard
        // Suites send messages of many megabytes in pieces.
        limits.webSocketMessage = 32 << 20
        limits.webSocketQueue = 64 << 20
        let server = Server(
            router: Router(routes), limits: limits, proxies: .loopback, log: .standardError,
            fallback: { request, match in
                if case .methodNotAllowed = match { return .text(.methodNotAllowed, "\n") }
                return .text(.notFound, "\n")
            },
            failed: { error, _ in .text((error as? BodyError)?.status ?? .internalServerError, "\n") })
        Signals.block([SIGTERM, SIGINT])
        OnLoop.run {
            Reactor.spawn {
                guard let signals = Signals([SIGTERM, SIGINT]) else { return }
                _ = await signals.next()
                server.stop()
                _ = Clock.loop.after(limits.exchange) { Reactor.spawn { server.closeAll() } }
            }
            await server.serve(sockets)
        }
    }

    private static let routes: [Route] =
        [Method.get, .post, .put, .patch, .delete, .options].map { method in
            Route(method, "/", body: .streamed(limit: 16 << 20), handle: echo)
        } + [
            Route(.post, "/echo", body: .streamed(limit: 16 << 20), handle: echo),
            Route(.get, "/ws", handle: webSocket),
        ]

    private static func echo(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(limit: 16 << 20)
        if !body.isEmpty {
            return Response(
                .ok, fields: ["Content-Type": request.fields["Content-Type"] ?? "application/octet-stream"],
                body: .bytes(body))
        }
        var text = "\(request.method.rawValue) \(request.target.raw) HTTP/1.\(request.version)\n"
        for (name, value) in request.fields { text += "\(name): \(value)\n" }
        return .text(.ok, text)
    }

    private static func webSocket(_ request: Request) async throws -> Response {
        switch WebSocketHandshake.answer(
            request, subprotocol: WebSocketHandshake.offered(request).first, sha1: { Digest.sha1($0) })
        {
        case .refuse(let response):
            return response
        case .accept(let fields):
            return Response(
                .switchingProtocols, fields: fields,
                body: .webSocket(protocol: nil) { channel in
                    while let message = await channel.receive() {
                        guard (try? await channel.send(message)) != nil else { return }
                    }
                })
        }
    }
}
