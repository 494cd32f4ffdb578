import HTTP
import Synchronization

/// Another server that gives what a test says, and remembers what it was asked.
final class FakeRemote: Sendable {
    private struct State {
        var answers: [String: @Sendable (OutboundRequest) throws(SendError) -> IncomingResponse] = [:]
        var redirects: [String: String] = [:]
        var requests: [OutboundRequest] = []
    }

    private let state = Mutex(State())

    var requests: [OutboundRequest] { state.withLock { $0.requests } }
    var asked: Int { requests.count }

    var open: OpenRequest {
        { (request: OutboundRequest) async throws(SendError) -> IncomingResponse in
            var request = request
            _ = try await request.prepare?(request.url)
            while let next = self.target(of: request.url) {
                request.url = next
                _ = try await request.prepare?(next)
            }
            let asked = request
            let answer = self.state.withLock { state in
                state.requests.append(asked)
                return state.answers[asked.url.string]
            }
            guard let answer else { throw .nameNotFound }
            return try answer(asked)
        }
    }

    func redirect(_ url: String, to target: String) { state.withLock { $0.redirects[url] = target } }

    private func target(of url: WebURL) -> WebURL? {
        state.withLock { $0.redirects[url.string] }.flatMap { WebURL($0) }
    }

    func answer(
        _ url: String, _ make: @escaping @Sendable (OutboundRequest) throws(SendError) -> IncomingResponse
    ) {
        state.withLock { $0.answers[url] = make }
    }

    /// A file that is here at once; a range of it where one is asked for.
    func give(
        _ bytes: [UInt8], at url: String, status: Status = .ok, fields: Fields = [:], hasLength: Bool = true
    ) {
        answer(url) { request in
            var (status, fields, bytes) = (status, fields, bytes)
            if case .part(let part) = ByteRange(request.fields["Range"], length: bytes.count) {
                fields.append(
                    "Content-Range", "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(bytes.count)")
                (status, bytes) = (.partialContent, Array(bytes[part]))
            }
            let pieces = stride(from: 0, to: bytes.count, by: 10_000).map {
                Array(bytes[$0..<min($0 + 10_000, bytes.count)])
            }
            return IncomingResponse(
                status: status, fields: fields, length: hasLength ? bytes.count : nil, url: request.url,
                body: .of(pieces))
        }
    }

    /// A file that comes as the test pushes it.
    func pipe(at url: String, length: Int?) -> Pipe {
        let pipe = Pipe()
        answer(url) { request in
            IncomingResponse(
                status: .ok, length: length, url: request.url, body: pipe.body, close: { pipe.close() })
        }
        return pipe
    }
}

/// A body whose pieces a test pushes one by one.
final class Pipe: Sendable {
    private struct State {
        var pieces: [[UInt8]] = []
        var isEnded = false
        var isClosed = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    var isClosed: Bool { state.withLock { $0.isClosed } }
    /// Whether everything that was pushed has been taken, and more is waited for.
    var isWaitedFor: Bool { state.withLock { $0.pieces.isEmpty && $0.waiter != nil } }

    func push(_ bytes: [UInt8]) { change { $0.pieces.append(bytes) } }
    func end() { change { $0.isEnded = true } }
    func close() { change { $0.isClosed = true } }

    var body: BodyStream {
        BodyStream {
            while true {
                let (piece, isEnded, isClosed) = self.state.withLock { state in
                    (state.pieces.isEmpty ? nil : state.pieces.removeFirst(), state.isEnded, state.isClosed)
                }
                if isClosed { throw SendError.cancelled }
                if let piece { return piece }
                if isEnded { return nil }
                await withCheckedContinuation { continuation in
                    let isNews = self.state.withLock { state in
                        guard state.pieces.isEmpty, !state.isEnded, !state.isClosed else { return true }
                        state.waiter = continuation
                        return false
                    }
                    if isNews { continuation.resume() }
                }
            }
        }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiter = state.withLock { state in
            body(&state)
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume()
    }
}
