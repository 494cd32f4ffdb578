/// The part of a response before its body.
package struct ResponseHead: Sendable {
    package var status: Status
    package var fields: Fields
    /// The minor version of HTTP/1: 0 or 1.
    package var version: Int
    /// Whether the connection can be used again after the body.
    package var keepAlive: Bool
    package var framing: BodyFraming
}

/// Reads the head of the response to one request, from pieces cut anywhere; interim ones are skipped. RFC
/// 9112.
///
/// The body is read by a `BodyReader` made with the head's framing.
package struct ResponseParser: Sendable {
    private enum State {
        case beforeStatusLine
        case fields(Status, version: Int)
        case failed(HeadError)
    }

    private let method: Method
    private let limits: Limits
    private var state = State.beforeStatusLine
    private var lines = LineReader()
    private var fields = Fields()
    private var size = 0
    private var interim = 0

    /// - Parameter method: that of the request, which decides whether a body follows.
    package init(to method: Method, limits: Limits = .standard) {
        self.method = method
        self.limits = limits
    }

    /// Whether anything has come yet: if not, a reused connection may just have been closed, and a new one
    /// may do.
    package var hasBegun: Bool { size > 0 || lines.pending > 0 || interim > 0 }

    /// Takes bytes up to the end of the final head.
    ///
    /// - Returns: how many bytes were taken, and the head if it is complete.
    package mutating func receive(
        _ bytes: ArraySlice<UInt8>
    ) throws(HeadError) -> (consumed: Int, head: ResponseHead?) {
        do {
            var rest = bytes
            while let line = try nextLine(in: &rest) {
                if let head = try take(line) { return (bytes.count - rest.count, head) }
            }
            return (bytes.count, nil)
        } catch {
            state = .failed(error)
            throw error
        }
    }

    private mutating func nextLine(in rest: inout ArraySlice<UInt8>) throws(HeadError) -> ArraySlice<UInt8>? {
        if case .failed(let error) = state { throw error }
        do {
            let line = try lines.next(in: &rest, limit: limits.responseHeadBytes - size)
            if let line { size += line.count + 2 }
            return line
        } catch {
            switch error {
            case .tooLong: throw .headTooLong(limit: limits.responseHeadBytes)
            case .bareLineFeed: throw .invalidByte
            }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(HeadError) -> ResponseHead? {
        switch state {
        case .failed(let error):
            throw error
        case .beforeStatusLine:
            let (status, version) = try ResponseParser.statusLine(line)
            state = .fields(status, version: version)
            return nil
        case .fields(let status, let version):
            guard line.isEmpty else {
                guard fields.count < limits.headerCount else {
                    throw .tooManyFields(limit: limits.headerCount)
                }
                let (name, value) = try FieldLine.parse(line)
                fields.append(name, value)
                return nil
            }
            return try finish(status, version: version)
        }
    }

    /// The final head, or nil after an interim one. 101 is final, but we never ask for it.
    private mutating func finish(_ status: Status, version: Int) throws(HeadError) -> ResponseHead? {
        if status.code < 200 && status != .switchingProtocols {
            interim += 1
            guard interim <= limits.interimResponses else {
                throw .tooManyInterimResponses(limit: limits.interimResponses)
            }
            state = .beforeStatusLine
            fields = Fields()
            size = 0
            return nil
        }
        let framing = try BodyFraming.ofResponse(status, fields, version: version, to: method)
        // Two framings at once are no reason to refuse an answer, but one to trust the connection no longer.
        let isAmbiguous = fields.contains("Transfer-Encoding") && fields.contains("Content-Length")
        let keepAlive =
            ConnectionField.keepsAlive(fields, version: version) && !isAmbiguous && framing != .untilClose
            && status != .switchingProtocols
        return ResponseHead(
            status: status, fields: fields, version: version, keepAlive: keepAlive, framing: framing)
    }

    /// `HTTP/1.1 200 OK`; the words, and even the space before them, may be missing.
    private static func statusLine(_ line: ArraySlice<UInt8>) throws(HeadError) -> (Status, version: Int) {
        guard let version = RequestLine.minorVersion(line.prefix(8)) else { throw .malformedStatusLine }
        guard version >= 0 else { throw .unsupportedVersion }
        let rest = line.dropFirst(8)
        let digits = rest.dropFirst().prefix(3)
        let after = rest.dropFirst(4)
        guard rest.first == ASCII.space, digits.count == 3, let code = ASCII.decimal(digits),
            100...599 ~= code,
            after.isEmpty || after.first == ASCII.space
        else { throw .malformedStatusLine }
        return (Status(code), version)
    }
}
