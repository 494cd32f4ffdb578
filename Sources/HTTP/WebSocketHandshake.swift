/// How a request becomes a WebSocket, RFC 6455 section 4.2.
package enum WebSocketHandshake {
    package enum Answer: Sendable {
        /// Write a 101 with these fields; from then on frames follow.
        case accept(Fields)
        case refuse(Response)
    }

    /// Whether a request asks to become a WebSocket, validly or not.
    package static func isAsked(_ request: Request) -> Bool {
        request.method == .get && request.fields.hasToken("Upgrade", "websocket")
    }

    /// The subprotocols the client offers, best first.
    package static func offered(_ request: Request) -> [String] {
        guard let list = request.fields.joined("Sec-WebSocket-Protocol") else { return [] }
        return list.utf8.split(separator: ASCII.comma).map { ASCII.trim(Substring($0)) }
            .filter { ASCII.isToken($0.utf8) }.map(String.init)
    }

    /// Checks a request and answers it.
    ///
    /// - Parameters:
    ///   - subprotocol: the one chosen, or nil. One that was not offered is not sent: the client would close.
    ///   - sha1: the digest of RFC 3174; this floor has none of its own.
    package static func answer(
        _ request: Request, subprotocol: String? = nil, sha1: ([UInt8]) -> [UInt8]
    ) -> Answer {
        let fields = request.fields
        guard isAsked(request), request.version >= 1, fields.hasToken("Connection", "upgrade") else {
            return .refuse(refusal(.upgradeRequired, "This address speaks WebSocket."))
        }
        guard fields["Sec-WebSocket-Version"] == "13" else {
            return .refuse(refusal(.upgradeRequired, "Only version 13 of WebSocket is spoken here."))
        }
        let keys = fields.values("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, isKey(key) else {
            return .refuse(refusal(.badRequest, "Sec-WebSocket-Key must be 16 bytes in base64."))
        }
        var answer = Fields([
            ("Upgrade", "websocket"), ("Connection", "Upgrade"),
            ("Sec-WebSocket-Accept", acceptKey(for: key, sha1: sha1)),
        ])
        if let subprotocol, offered(request).contains(subprotocol) {
            answer.append("Sec-WebSocket-Protocol", subprotocol)
        }
        return .accept(answer)
    }

    /// What proves that the request was understood, RFC 6455 section 1.3.
    package static func acceptKey(for key: String, sha1: ([UInt8]) -> [UInt8]) -> String {
        Base64.encode(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// Whether the text is the base64 of 16 bytes: 22 digits and two equals signs.
    private static func isKey(_ key: String) -> Bool {
        key.utf8.count == 24 && key.utf8.suffix(2).elementsEqual("==".utf8)
            && key.utf8.prefix(22).allSatisfy(Base64.isDigit)
    }

    private static func refusal(_ status: Status, _ text: String) -> Response {
        var response = Response.text(status, text)
        if status == .upgradeRequired {
            response.fields.append("Upgrade", "websocket")
            response.fields.append("Sec-WebSocket-Version", "13")
        }
        return response
    }
}
