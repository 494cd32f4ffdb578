/// The part of a request before its body.
package struct RequestHead: Sendable {
    package var method: Method
    package var target: Target
    package var fields: Fields
    /// The minor version of HTTP/1: 0 or 1.
    package var version: Int
    /// Whether the client wants the connection to stay, RFC 9112 section 9.3.
    package var keepAlive: Bool
    package var framing: BodyFraming
    /// Whether the client waits for `100 Continue` before it sends the body.
    package var expectsContinue: Bool
}

/// Reads the heads of requests, one after the other, from pieces cut anywhere. RFC 9112.
package struct HeadParser: Sendable {
    private enum State {
        case beforeRequestLine(sawEmptyLine: Bool)
        case fields(Method, Target, version: Int)
        case failed(HeadError)
    }

    /// The limits of a head: all of them would be a kilobyte in each connection that waits.
    private struct Bounds {
        let requestLine: Int
        let head: Int
        let headerCount: Int
    }

    private let limits: Bounds
    private var state = State.beforeRequestLine(sawEmptyLine: false)
    private var lines = LineReader()
    private var fields = Fields()
    /// Bytes of this head so far, those of an unfinished line not counted.
    private var size = 0

    package init(limits: Limits = .standard) {
        self.limits = Bounds(
            requestLine: limits.requestLine, head: limits.head, headerCount: limits.headerCount)
    }

    private init(_ limits: Bounds) {
        self.limits = limits
    }

    /// Whether a head has begun to come, so that its time runs.
    package var hasBegun: Bool { size > 0 || lines.pending > 0 }

    /// Takes bytes up to the end of a head.
    ///
    /// - Returns: how many bytes were taken, and the head if it is complete; what follows it is the body or,
    ///   if there is none, the next head.
    /// - Throws: what is wrong. The parser stays failed, since nobody can say where the next head begins.
    package mutating func receive(
        _ bytes: ArraySlice<UInt8>
    ) throws(HeadError) -> (consumed: Int, head: RequestHead?) {
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

    package mutating func receive(_ bytes: [UInt8]) throws(HeadError) -> (consumed: Int, head: RequestHead?) {
        try receive(bytes[...])
    }

    private mutating func nextLine(in rest: inout ArraySlice<UInt8>) throws(HeadError) -> ArraySlice<UInt8>? {
        var tooLong = HeadError.headTooLong(limit: limits.head)
        var limit = limits.head - size
        switch state {
        case .failed(let error): throw error
        case .fields: break
        case .beforeRequestLine:
            limit = limits.requestLine
            tooLong = .requestLineTooLong(limit: limits.requestLine)
            // What does not begin like a request (TLS, for one) is not worth waiting for.
            if lines.pending == 0, let first = rest.first, first != ASCII.carriageReturn,
                !ASCII.isLetter(first)
            {
                throw .malformedRequestLine
            }
        }
        do {
            let line = try lines.next(in: &rest, limit: limit)
            if let line { size += line.count + 2 }
            return line
        } catch {
            switch error {
            case .tooLong: throw tooLong
            case .bareLineFeed: throw .invalidByte
            }
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(HeadError) -> RequestHead? {
        switch state {
        case .failed(let error):
            throw error
        case .beforeRequestLine(let sawEmptyLine):
            // One empty line before a request is forgiven, RFC 9112 section 2.2.
            guard !line.isEmpty else {
                guard !sawEmptyLine else { throw .malformedRequestLine }
                state = .beforeRequestLine(sawEmptyLine: true)
                return nil
            }
            let (method, target, version) = try RequestLine.parse(line)
            state = .fields(method, target, version: version)
            fields.reserveCapacity(16)
            return nil
        case .fields(let method, let target, let version):
            guard line.isEmpty else {
                guard fields.count < limits.headerCount else {
                    throw .tooManyFields(limit: limits.headerCount)
                }
                let (name, value) = try FieldLine.parse(line)
                fields.append(name, value)
                return nil
            }
            let head = try RequestHead(method: method, target: target, fields: fields, version: version)
            self = HeadParser(limits)
            return head
        }
    }
}

extension RequestHead {
    /// Draws the conclusions from the fields.
    init(method: Method, target: Target, fields: Fields, version: Int) throws(HeadError) {
        let hosts = fields.values("Host")
        guard hosts.count <= 1 else { throw .repeatedHost }
        if let host = hosts.first {
            guard Target.isAuthority(host.utf8) else { throw .malformedHost }
        } else if version >= 1 {
            throw .missingHost
        }
        framing = try BodyFraming.ofRequest(fields, version: version)
        expectsContinue = false
        // A client of HTTP/1.0 cannot expect anything, RFC 9110 section 10.1.1.
        if version >= 1, let expectation = fields["Expect"] {
            guard ASCII.equal(expectation, "100-continue") else { throw .unsupportedExpectation }
            expectsContinue = framing != .none
        }
        keepAlive = ConnectionField.keepsAlive(fields, version: version)
        self.method = method
        self.target = target
        self.fields = fields
        self.version = version
    }
}
