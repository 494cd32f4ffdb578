/// Undoes the chunked coding, RFC 9112 section 7.1, from pieces cut anywhere.
package struct ChunkedDecoder: Sendable {
    private enum State {
        case sizeLine
        case data(remaining: Int)
        /// The CR LF after a chunk's data.
        case dataEnd
        case trailer
        case finished
        case failed(BodyError)
    }

    private let limit: Int
    /// Two of the limits: all of them would be a kilobyte in each connection that waits.
    private let chunkLine: Int
    private let trailerLines: Int
    private var state = State.sizeLine
    private var lines = LineReader()
    private var total = 0
    /// Bytes of extensions, or of the trailer, that may still come.
    private var extensionsLeft: Int
    private var trailerLeft: Int
    private var trailerFields = 0

    /// - Parameter limit: most bytes of the decoded content.
    package init(limit: Int, limits: Limits = .standard) {
        self.limit = limit
        chunkLine = limits.chunkLine
        trailerLines = limits.headerCount
        extensionsLeft = limits.chunkExtensions
        trailerLeft = limits.trailer
    }

    /// Takes bytes up to the end of the coding, and adds what they hold to `output`.
    ///
    /// - Returns: how many bytes were taken, and whether this was the end.
    package mutating func receive(
        _ bytes: ArraySlice<UInt8>, into output: inout [UInt8]
    ) throws(BodyError) -> (consumed: Int, isFinished: Bool) {
        do {
            var rest = bytes
            while try step(&rest, &output) {}
            if case .finished = state { return (bytes.count - rest.count, true) }
            return (bytes.count - rest.count, false)
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Does one step; false when there is nothing more to do with these bytes.
    private mutating func step(
        _ rest: inout ArraySlice<UInt8>, _ output: inout [UInt8]
    ) throws(BodyError) -> Bool {
        switch state {
        case .failed(let error):
            throw error
        case .finished:
            return false
        case .sizeLine:
            guard let line = try nextLine(in: &rest, limit: chunkLine) else { return false }
            let size = try chunkSize(line)
            guard size <= limit - total else { throw .tooLarge(limit: limit) }
            total += size
            state = size == 0 ? .trailer : .data(remaining: size)
            return true
        case .data(let remaining):
            let part = rest.prefix(remaining)
            output += part
            rest = rest.dropFirst(part.count)
            state = part.count == remaining ? .dataEnd : .data(remaining: remaining - part.count)
            return !rest.isEmpty
        case .dataEnd:
            // Two bytes leave room for nothing but the line end.
            guard try nextLine(in: &rest, limit: 2) != nil else { return false }
            state = .sizeLine
            return true
        case .trailer:
            guard let line = try nextLine(in: &rest, limit: trailerLeft) else { return false }
            trailerLeft -= line.count + 2
            if line.isEmpty {
                state = .finished
                return false
            }
            try skipTrailerField(line)
            return true
        }
    }

    private mutating func nextLine(
        in rest: inout ArraySlice<UInt8>, limit: Int
    ) throws(BodyError) -> ArraySlice<UInt8>? {
        do {
            return try lines.next(in: &rest, limit: limit)
        } catch {
            throw .malformed
        }
    }

    /// Nothing in a trailer matters to us, but it must be one.
    private mutating func skipTrailerField(_ line: ArraySlice<UInt8>) throws(BodyError) {
        trailerFields += 1
        guard trailerFields <= trailerLines else { throw .malformed }
        do {
            _ = try FieldLine.parse(line)
        } catch {
            throw .malformed
        }
    }

    private mutating func chunkSize(_ line: ArraySlice<UInt8>) throws(BodyError) -> Int {
        var size = 0
        var digits = 0
        for byte in line {
            guard let value = ASCII.hexValue(byte) else { break }
            // 15 digits fit into a signed 64-bit number.
            guard digits < 15 else { throw .malformed }
            size = size << 4 | Int(value)
            digits += 1
        }
        let rest = ASCII.trim(line.dropFirst(digits))
        guard digits > 0, rest.isEmpty || rest.first == ASCII.semicolon,
            rest.allSatisfy(FieldLine.isValueByte)
        else { throw .malformed }
        extensionsLeft -= line.count - digits
        guard extensionsLeft >= 0 else { throw .malformed }
        return size
    }
}

/// Writes the chunked coding, RFC 9112 section 7.1.
package enum ChunkedEncoder {
    /// Adds one chunk. An empty one adds nothing, since it would be the last.
    package static func append(_ chunk: [UInt8], to output: inout [UInt8]) {
        guard !chunk.isEmpty else { return }
        output.reserveCapacity(output.count + chunk.count + 20)
        output += String(chunk.count, radix: 16).utf8
        output += [ASCII.carriageReturn, ASCII.lineFeed]
        output += chunk
        output += [ASCII.carriageReturn, ASCII.lineFeed]
    }

    /// What ends the coding: the last chunk and an empty trailer.
    package static let end: [UInt8] = Array("0\r\n\r\n".utf8)
}
