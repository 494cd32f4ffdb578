/// What is answered to a request.
package struct Response: Sendable {
    package var status: Status
    package var fields: Fields
    package var body: ResponseBody
    /// Whether the body counts towards what files may take of the uplink.
    package var isFile = false

    package init(_ status: Status, fields: Fields = Fields(), body: ResponseBody = .none) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Plain text in UTF-8.
    package static func text(_ status: Status, _ text: String) -> Response {
        make(status, "text/plain; charset=utf-8", Array(text.utf8))
    }

    /// A page, already encoded in UTF-8.
    package static func html(_ status: Status, _ bytes: [UInt8]) -> Response {
        make(status, "text/html; charset=utf-8", bytes)
    }

    /// A JSON document. Some clients refuse any other spelling of its type.
    package static func json(_ status: Status, _ bytes: [UInt8]) -> Response {
        make(status, "application/json; charset=utf-8", bytes)
    }

    /// Sends the client elsewhere; `location` is written as it is.
    package static func redirect(_ status: Status, to location: String) -> Response {
        Response(status, fields: Fields([("Location", location)]), body: .bytes([]))
    }

    private static func make(_ status: Status, _ type: String, _ bytes: [UInt8]) -> Response {
        Response(status, fields: Fields([("Content-Type", type)]), body: .bytes(bytes))
    }
}

/// The content of a response, or what takes its place.
package enum ResponseBody: Sendable {
    case none
    case bytes([UInt8])
    /// These bytes of a file, sent by whoever owns the socket.
    case file(path: String, range: Range<Int>)
    /// These bytes of a file whose name may be gone by the time they are sent.
    case openFile(OpenFile, range: Range<Int>)
    /// Pieces as they come: of this length together, or of an unknown one and then sent in chunks. One that turns out
    /// shorter or longer than it said ends the connection.
    case stream(BodyStream, length: Int? = nil)
    /// From here on the connection speaks WebSocket, with this subprotocol.
    case webSocket(protocol: String?, WebSocketHandler)

    /// The number of bytes, if it is known before sending.
    package var length: Int? {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .file(_, let range), .openFile(_, let range): range.count
        case .stream(_, let length): length
        case .webSocket: nil
        }
    }
}
