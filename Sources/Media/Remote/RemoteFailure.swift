import HTTP

/// Why somebody else's file cannot be shown.
enum RemoteFailure: Error, Hashable, Sendable {
    /// The other server does not have it.
    case gone
    /// It is of no kind that is handed on, or not of the kind it should be.
    case kind
    /// Too many bytes or pixels.
    case tooLarge
    /// The owner blocked the server that has it.
    case blocked
    /// The other server failed, or said nothing that makes sense.
    case gateway
    /// This server, host and port, cannot be reached at all: the one that was asked, or where it sent us.
    case unreachable(String)
    /// We are fetching too much at once ourselves.
    case busy
    /// We could not store what was arriving.
    case noRoom
    /// The range does not exist; the length of the whole if it is known.
    case range(length: Int?)

    /// - Parameter authority: of the server that was asked last.
    init(_ error: SendError, at authority: String) {
        switch error {
        case .bodyTooLarge: self = .tooLarge
        case .overloaded: self = .busy
        case .nameNotFound, .connectionFailed, .tls: self = .unreachable(authority)
        default: self = .gateway
        }
    }

    /// Whether asking again within a minute would have the same result. Our own trouble is none of theirs.
    var isRemembered: Bool {
        switch self {
        case .gone, .kind, .tooLarge, .gateway, .unreachable: true
        case .blocked, .busy, .noRoom, .range: false
        }
    }

    var response: Response {
        var response =
            switch self {
            case .gone: FileAnswer.refusal(.notFound, "The file is not there any more.")
            case .kind: FileAnswer.refusal(.notFound, "This is no file that can be shown.")
            case .tooLarge: FileAnswer.refusal(.notFound, "The file is too large.")
            case .blocked: FileAnswer.refusal(.notFound, "There is no such file.")
            case .gateway, .unreachable:
                FileAnswer.refusal(.badGateway, "The server that has the file does not give it.")
            case .noRoom: FileAnswer.refusal(.serviceUnavailable, "There is no room for the file.")
            case .busy: FileAnswer.refusal(.serviceUnavailable, "Too many files are being fetched.")
            case .range: FileAnswer.refusal(.rangeNotSatisfiable, "The file is shorter.")
            }
        if self == .busy || self == .noRoom { response.fields["Retry-After"] = "5" }
        if case .range(let length?) = self { response.fields["Content-Range"] = "bytes */\(length)" }
        return response
    }
}
