import HTTP
import Synchronization

/// A file of another server while it arrives, its first bytes read already; the connection ends with this.
final class RemoteAnswer: Sendable {
    private struct State {
        var first: [UInt8]?
        var isAtEnd: Bool
    }

    private let response: IncomingResponse
    private let state: Mutex<State>

    /// Told from the first bytes; nil when they are not the first of the file.
    let kind: MediaKind?
    /// Which bytes of how many these are; nil for all of them.
    let part: (range: Range<Int>, length: Int?)?
    /// Authorities of the servers that were asked beside the first, which redirects led to; sorted.
    let others: [String]

    private init(
        _ response: IncomingResponse, from others: [String], first: [UInt8], isAtEnd: Bool, kind: MediaKind?,
        part: (range: Range<Int>, length: Int?)?
    ) {
        self.response = response
        self.others = others
        self.kind = kind
        self.part = part
        state = Mutex(State(first: first.isEmpty ? nil : first, isAtEnd: isAtEnd))
    }

    deinit { response.close() }

    /// Reads as much as is needed to tell the kind.
    ///
    /// - Throws: what is wrong with a response that is no file. Its type is not believed, and not looked at.
    static func read(
        _ response: IncomingResponse, from others: [String]
    ) async throws(RemoteFailure) -> RemoteAnswer {
        do throws(RemoteFailure) {
            var part: (range: Range<Int>, length: Int?)?
            switch response.status {
            case .ok: break
            case .partialContent:
                guard let range = contentRange(response.fields["Content-Range"]) else { throw .gateway }
                part = range
            case .notFound, .gone: throw .gone
            case .rangeNotSatisfiable: throw .range(length: length(response.fields["Content-Range"]))
            default: throw .gateway
            }
            let coding = response.fields["Content-Encoding"]?.lowercased() ?? "identity"
            guard coding == "identity" else { throw .kind }
            let (first, isAtEnd) = try await start(of: response)
            let begins = part.map { $0.range.lowerBound == 0 } ?? true
            let kind = begins ? MediaKind(prefix: first) : nil
            // A part of a few bytes may be too short to tell, which is no lie.
            if begins, kind == nil, part == nil || first.count >= prefix { throw .kind }
            if let kind, part == nil, !ClaimedSize.isReasonable(first, kind) { throw .tooLarge }
            return RemoteAnswer(
                response, from: others, first: first, isAtEnd: isAtEnd, kind: kind, part: part)
        } catch {
            response.close()
            throw error
        }
    }

    func close() { response.close() }

    /// The length of what comes, in bytes, if it was said.
    var announced: Int? { part?.range.count ?? response.length }
    /// The length of the whole file, in bytes, if it was said.
    var length: Int? { part.map(\.length) ?? response.length }

    /// The next bytes, or nil after the last. Called by one task at a time.
    func next() async throws(RemoteFailure) -> [UInt8]? {
        let (first, isAtEnd) = state.withLock { state in
            defer { state.first = nil }
            return (state.first, state.isAtEnd)
        }
        if let first { return first }
        if isAtEnd { return nil }
        let piece = try await RemoteAnswer.next(of: response)
        if piece == nil { state.withLock { $0.isAtEnd = true } }
        return piece
    }

    /// Bytes that tell every kind.
    static let prefix = 64

    private static func start(of response: IncomingResponse) async throws(RemoteFailure) -> ([UInt8], Bool) {
        var bytes: [UInt8] = []
        while bytes.count < prefix {
            guard let piece = try await next(of: response) else { return (bytes, true) }
            bytes += piece
        }
        return (bytes, false)
    }

    private static func next(of response: IncomingResponse) async throws(RemoteFailure) -> [UInt8]? {
        do {
            return try await response.body.next()
        } catch let error as SendError {
            throw RemoteFailure(error, at: response.url.authority)
        } catch {
            throw .gateway
        }
    }

    /// `bytes 0-63/1000`, RFC 9110 section 14.4; an asterisk stands for an unknown length.
    private static func contentRange(_ value: String?) -> (range: Range<Int>, length: Int?)? {
        guard let value, value.hasPrefix("bytes "), let slash = value.lastIndex(of: "/") else { return nil }
        let bounds = value.dropFirst(6).prefix { $0 != "/" }.split(separator: "-")
        guard bounds.count == 2, let first = Int(bounds[0]), let last = Int(bounds[1]), first >= 0,
            first <= last, last < 1 << 53
        else { return nil }
        let total = value[value.index(after: slash)...]
        if total == "*" { return (first..<last + 1, nil) }
        guard let length = Int(total), length > last, length <= 1 << 53 else { return nil }
        return (first..<last + 1, length)
    }

    private static func length(_ value: String?) -> Int? {
        guard let value, value.hasPrefix("bytes */"), let length = Int(value.dropFirst(8)), length >= 0 else {
            return nil
        }
        return length
    }
}
