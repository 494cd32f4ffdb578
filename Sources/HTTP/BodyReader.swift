/// Reads the content of one message, however it is framed, from pieces cut anywhere.
package struct BodyReader: Sendable {
    private enum State {
        case finished
        case length(remaining: Int)
        case chunked(ChunkedDecoder)
        case untilClose(received: Int)
    }

    private let limit: Int
    private var state: State

    /// - Parameter limit: most bytes of the content.
    /// - Throws: `tooLarge` if the announced length is more than that.
    package init(_ framing: BodyFraming, limit: Int, limits: Limits = .standard) throws(BodyError) {
        self.limit = limit
        switch framing {
        case .none: state = .finished
        case .length(let count):
            guard count <= limit else { throw .tooLarge(limit: limit) }
            state = count == 0 ? .finished : .length(remaining: count)
        case .chunked: state = .chunked(ChunkedDecoder(limit: limit, limits: limits))
        case .untilClose: state = .untilClose(received: 0)
        }
    }

    package var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    /// How many bytes are still to come, `Int.max` when nobody can say.
    package var remaining: Int {
        switch state {
        case .finished: 0
        case .length(let remaining): remaining
        case .chunked, .untilClose: .max
        }
    }

    /// Takes bytes up to the end of the content, and adds the content to `output`.
    ///
    /// - Returns: how many bytes were taken; look at `isFinished` afterwards.
    package mutating func receive(
        _ bytes: ArraySlice<UInt8>, into output: inout [UInt8]
    ) throws(BodyError) -> Int {
        switch state {
        case .finished:
            return 0
        case .length(let remaining):
            let part = bytes.prefix(remaining)
            output += part
            state = part.count == remaining ? .finished : .length(remaining: remaining - part.count)
            return part.count
        case .chunked(var decoder):
            let (consumed, isFinished) = try decoder.receive(bytes, into: &output)
            state = isFinished ? .finished : .chunked(decoder)
            return consumed
        case .untilClose(let received):
            guard bytes.count <= limit - received else { throw .tooLarge(limit: limit) }
            output += bytes
            state = .untilClose(received: received + bytes.count)
            return bytes.count
        }
    }

    /// Says that the connection has ended, which is the end of a body without other framing.
    ///
    /// - Throws: `disconnected` if more should have come.
    package mutating func end() throws(BodyError) {
        switch state {
        case .finished: break
        case .untilClose: state = .finished
        case .length, .chunked: throw .disconnected
        }
    }
}
