/// Takes a multipart body apart as it comes, holding back only what may be a boundary. RFC 2046 section 5.1.
package struct MultipartParser: Sendable {
    private enum State {
        case preamble
        /// Behind a boundary, in the same line.
        case boundaryLine
        case headers(MultipartHeaders, size: Int)
        case data
        case finished
        case failed(MultipartError)
    }

    /// CR LF, two hyphens, the boundary.
    private let delimiter: [UInt8]
    private let limits: Limits
    private var state = State.preamble
    private var lines = LineReader()
    /// What may be the beginning of a delimiter. At first a line end, for a body that begins with its
    /// boundary.
    private var held: [UInt8] = [ASCII.carriageReturn, ASCII.lineFeed]
    private var parts = 0

    /// - Parameter contentType: that of the body; nil comes out unless it is multipart with a usable
    ///   boundary.
    package init?(contentType: MediaType, limits: Limits = .standard) {
        guard contentType.type == "multipart", let boundary = contentType["boundary"],
            1...200 ~= boundary.utf8.count, boundary.utf8.allSatisfy({ $0 >= 32 && $0 < 127 })
        else { return nil }
        delimiter = [ASCII.carriageReturn, ASCII.lineFeed] + Array("--".utf8) + Array(boundary.utf8)
        self.limits = limits
    }

    package var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    /// Takes the next piece of the body.
    ///
    /// - Throws: what is wrong; the parser stays failed, and events of the same piece are lost with it.
    package mutating func receive(_ bytes: ArraySlice<UInt8>) throws(MultipartError) -> [MultipartEvent] {
        var events: [MultipartEvent] = []
        var rest = bytes
        if !held.isEmpty {
            rest = (held + bytes)[...]
            held = []
        }
        do {
            while try step(&rest, &events) {}
        } catch {
            state = .failed(error)
            throw error
        }
        return events
    }

    package mutating func receive(_ bytes: [UInt8]) throws(MultipartError) -> [MultipartEvent] {
        try receive(bytes[...])
    }

    /// Does one step; false when the rest does not suffice for another.
    private mutating func step(
        _ rest: inout ArraySlice<UInt8>, _ events: inout [MultipartEvent]
    ) throws(MultipartError) -> Bool {
        switch state {
        case .failed(let error):
            throw error
        case .finished:
            return false
        case .preamble:
            guard takeUpToDelimiter(&rest, { _ in }) else { return false }
            state = .boundaryLine
            return true
        case .data:
            guard takeUpToDelimiter(&rest, { events.append(.data($0)) }) else { return false }
            events.append(.partEnded)
            state = .boundaryLine
            return true
        case .boundaryLine:
            return try takeBoundaryLine(&rest, &events)
        case .headers(let headers, let size):
            guard let line = try nextLine(&rest, limit: limits.multipartHead - size) else { return false }
            guard line.isEmpty else {
                state = .headers(try headers.adding(line), size: size + line.count + 2)
                return true
            }
            events.append(.partBegan(headers))
            state = .data
            return true
        }
    }

    /// Gives what stands before the next delimiter and takes both off; false if there is none yet.
    private mutating func takeUpToDelimiter(
        _ rest: inout ArraySlice<UInt8>, _ give: (ArraySlice<UInt8>) -> Void
    ) -> Bool {
        var from = rest.startIndex
        while let start = rest[from...].firstIndex(of: ASCII.carriageReturn) {
            let tail = rest[start...]
            if tail.starts(with: delimiter) {
                if start > rest.startIndex { give(rest[..<start]) }
                rest = tail.dropFirst(delimiter.count)
                return true
            }
            if tail.count < delimiter.count, delimiter.starts(with: tail) {
                if start > rest.startIndex { give(rest[..<start]) }
                held = Array(tail)
                rest = []
                return false
            }
            from = start + 1
        }
        if !rest.isEmpty { give(rest) }
        rest = []
        return false
    }

    /// Behind a boundary come two hyphens, the last time, or else nothing but the line's end.
    private mutating func takeBoundaryLine(
        _ rest: inout ArraySlice<UInt8>, _ events: inout [MultipartEvent]
    ) throws(MultipartError) -> Bool {
        if lines.pending == 0 {
            guard rest.count >= 2 else {
                held = Array(rest)
                rest = []
                return false
            }
            if rest.starts(with: "--".utf8) {
                events.append(.finished)
                state = .finished
                return false
            }
        }
        guard let line = try nextLine(&rest, limit: 256) else { return false }
        guard ASCII.trim(line).isEmpty else { throw .malformed }
        parts += 1
        guard parts <= limits.multipartParts else { throw .tooManyParts(limit: limits.multipartParts) }
        state = .headers(MultipartHeaders(name: ""), size: 0)
        return true
    }

    private mutating func nextLine(
        _ rest: inout ArraySlice<UInt8>, limit: Int
    ) throws(MultipartError) -> ArraySlice<UInt8>? {
        do {
            return try lines.next(in: &rest, limit: limit)
        } catch {
            switch error {
            case .tooLong: throw .headersTooLong(limit: limits.multipartHead)
            case .bareLineFeed: throw .malformed
            }
        }
    }
}
