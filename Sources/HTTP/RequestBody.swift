/// The content of a request: already gathered, or still to be pulled.
package enum RequestBody: Sendable {
    case bytes([UInt8])
    case stream(BodyStream)

    /// The whole content, gathered if need be.
    ///
    /// - Throws: `tooLarge` as soon as more than `limit` bytes have come; otherwise what stopped the stream.
    package func collect(limit: Int) async throws(BodyError) -> [UInt8] {
        switch self {
        case .bytes(let bytes):
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
            return bytes
        case .stream(let stream):
            var gathered: [UInt8] = []
            while let chunk = try await RequestBody.next(of: stream) {
                guard chunk.count <= limit - gathered.count else { throw .tooLarge(limit: limit) }
                gathered += chunk
            }
            return gathered
        }
    }

    private static func next(of stream: BodyStream) async throws(BodyError) -> [UInt8]? {
        do {
            return try await stream.next()
        } catch let error as BodyError {
            throw error
        } catch {
            throw .disconnected
        }
    }
}

/// Why a body could not be read to its end.
package enum BodyError: Error, Hashable, Sendable {
    case tooLarge(limit: Int)
    /// The chunked coding, or the content's own form, is broken.
    case malformed
    case timedOut
    /// The server gathers too many bodies at once; the same request may be taken later.
    case overloaded
    /// The peer went away, or the stream failed for a reason of its own.
    case disconnected

    /// What to answer, if there is still somebody to answer to.
    package var status: Status {
        switch self {
        case .tooLarge: .contentTooLarge
        case .malformed, .disconnected: .badRequest
        case .timedOut: .requestTimeout
        case .overloaded: .serviceUnavailable
        }
    }
}
