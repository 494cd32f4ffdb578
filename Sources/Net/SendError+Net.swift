import HTTP

extension SendError {
    /// Before there was a connection.
    init(connecting error: NetError) {
        self =
            switch error {
            case .timedOut: .connectionFailed("timed out")
            case .closed: .cancelled
            case .broken(let reason): .connectionFailed(reason)
            case .tls(let reason): .tls(reason)
            }
    }

    /// While something was under way.
    init(talking error: NetError) {
        self =
            switch error {
            case .timedOut: .timedOut
            case .closed: .cancelled
            case .broken(let reason): .disconnected(reason)
            case .tls(let reason): .disconnected(reason)
            }
    }

    /// While the body of an answer came.
    init(_ error: BodyError) {
        self =
            switch error {
            case .tooLarge(let limit): .bodyTooLarge(limit: limit)
            case .malformed: .malformedResponse
            case .timedOut: .timedOut
            case .overloaded: .overloaded
            case .disconnected: .disconnected("closed in the middle of its answer")
            }
    }
}
