import HTTP
import Testing

@Suite struct WebSocketHandshakeTests {
    /// The key of RFC 6455 section 1.3, and the digest that belongs to it.
    private let key = "dGhlIHNhbXBsZSBub25jZQ=="

    private func sha1(_ bytes: [UInt8]) -> [UInt8] {
        #expect(String(decoding: bytes, as: UTF8.self) == key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
        return [
            0xB3, 0x7A, 0x4F, 0x2C, 0xC0, 0x62, 0x4F, 0x16, 0x90, 0xF6, 0x46, 0x06, 0xCF, 0x38, 0x59, 0x45,
            0xB2, 0xBE,
            0xC4, 0xEA,
        ]
    }

    private func request(_ changes: [(String, String?)] = []) -> Request {
        var fields: Fields = [
            "Host": "a", "Upgrade": "WebSocket", "Connection": "keep-alive, Upgrade",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": key,
        ]
        for (name, value) in changes { fields[name] = value }
        return Request(.get, "/", fields: fields)
    }

    private func accepted(_ request: Request, subprotocol: String? = nil) -> Fields? {
        guard
            case .accept(let fields) = WebSocketHandshake.answer(
                request, subprotocol: subprotocol, sha1: sha1)
        else {
            return nil
        }
        return fields
    }

    private func refusal(_ request: Request) -> Response? {
        guard case .refuse(let response) = WebSocketHandshake.answer(request, sha1: sha1) else { return nil }
        return response
    }

    @Test func `the example of the RFC is answered`() {
        #expect(WebSocketHandshake.acceptKey(for: key, sha1: sha1) == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
        #expect(
            accepted(request()) == [
                "Upgrade": "websocket", "Connection": "Upgrade",
                "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
            ])
    }

    @Test(
        arguments: [
            [("Upgrade", nil)], [("Upgrade", "h2c")], [("Connection", nil)], [("Connection", "keep-alive")],
            [("Sec-WebSocket-Version", nil)], [("Sec-WebSocket-Version", "8")],
        ] as [[(String, String?)]])
    func `what does not upgrade is told how`(changes: [(String, String?)]) {
        let response = refusal(request(changes))
        #expect(response?.status == .upgradeRequired)
        #expect(
            response?.fields["Sec-WebSocket-Version"] == "13" && response?.fields["Upgrade"] == "websocket")
    }

    @Test(arguments: [
        nil, "", "x", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25j!Q==",
    ])
    func `a key is sixteen bytes`(key: String?) {
        #expect(refusal(request([("Sec-WebSocket-Key", key)]))?.status == .badRequest)
    }

    @Test func `two keys are one too many`() {
        var request = request()
        request.fields.append("Sec-WebSocket-Key", key)
        #expect(refusal(request)?.status == .badRequest)
    }

    @Test func `only GET in version 1-1 becomes a WebSocket`() {
        var request = request()
        #expect(WebSocketHandshake.isAsked(request))
        request.version = 0
        #expect(accepted(request) == nil)
        request.version = 1
        request.method = .post
        #expect(accepted(request) == nil && !WebSocketHandshake.isAsked(request))
    }

    @Test func `a subprotocol is echoed if it was offered`() {
        let request = request([("Sec-WebSocket-Protocol", "token-1, token2 ,b(d")])
        #expect(WebSocketHandshake.offered(request) == ["token-1", "token2"])
        #expect(accepted(request, subprotocol: "token2")?["Sec-WebSocket-Protocol"] == "token2")
        #expect(accepted(request, subprotocol: "token3")?.contains("Sec-WebSocket-Protocol") == false)
        #expect(WebSocketHandshake.offered(self.request()).isEmpty)
    }
}
