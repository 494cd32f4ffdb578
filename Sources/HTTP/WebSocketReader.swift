/// What has come on a WebSocket.
package enum WebSocketEvent: Hashable, Sendable {
    case message(WebSocketMessage)
    /// To be answered by a pong with the same payload.
    case ping([UInt8])
    case pong([UInt8])
    /// To be answered by a close with the same code; nothing follows.
    case closed(code: UInt16?, reason: String)
    /// To be answered by a close with the error's code; nothing follows.
    case failed(WebSocketError)
}

/// Reads the frames of a WebSocket from pieces cut anywhere, and puts messages together. RFC 6455 section 5.
package struct WebSocketReader: Sendable {
    private struct Header {
        var opcode: WebSocketFrame.Opcode
        var isFinal: Bool
        var length: Int
        var mask: (UInt8, UInt8, UInt8, UInt8)?
        /// Payload bytes taken so far.
        var taken = 0
    }

    private let limit: Int
    private let expectsMask: Bool
    /// The bytes of a header that is not complete: at most 13.
    private var partialHeader: [UInt8] = []
    private var header: Header?
    private var control: [UInt8] = []
    private var message: [UInt8] = []
    /// The opcode of the message whose fragments are coming.
    private var messageKind: WebSocketFrame.Opcode?
    private var validator = UTF8Validator()
    private var isOver = false

    /// - Parameters:
    ///   - limit: longest message in bytes, all fragments together.
    ///   - expectsMask: true at a server; a client's peer must not mask.
    package init(limit: Int = Limits.standard.webSocketMessage, expectsMask: Bool = true) {
        self.limit = limit
        self.expectsMask = expectsMask
    }

    /// Takes the next bytes; after `closed` or `failed` no more events come.
    package mutating func receive(_ bytes: ArraySlice<UInt8>) -> [WebSocketEvent] {
        var events: [WebSocketEvent] = []
        var rest = bytes
        do {
            while !isOver, try step(&rest, &events) {}
        } catch {
            isOver = true
            events.append(.failed(error))
        }
        return events
    }

    package mutating func receive(_ bytes: [UInt8]) -> [WebSocketEvent] {
        receive(bytes[...])
    }

    /// Does one step; false when the rest does not suffice for another.
    private mutating func step(
        _ rest: inout ArraySlice<UInt8>, _ events: inout [WebSocketEvent]
    ) throws(WebSocketError) -> Bool {
        guard var current = header else {
            guard let next = rest.popFirst() else { return false }
            partialHeader.append(next)
            guard let complete = try parseHeader() else { return true }
            partialHeader = []
            try check(complete)
            header = complete
            return true
        }
        let part = rest.prefix(current.length - current.taken)
        rest = rest.dropFirst(part.count)
        try take(part, of: current)
        current.taken += part.count
        header = current
        guard current.taken == current.length else { return false }
        header = nil
        if let event = try finish(current) { events.append(event) }
        return true
    }

    /// The header, once all its bytes are there. Called after every byte, so that faults show early.
    private func parseHeader() throws(WebSocketError) -> Header? {
        let bytes = partialHeader
        // Nobody has agreed on an extension, so the reserved bits must be clear.
        guard let first = bytes.first, first & 0x70 == 0,
            let opcode = WebSocketFrame.Opcode(rawValue: first & 0x0F)
        else { throw .protocolViolation }
        let isFinal = first & 0x80 != 0
        guard isFinal || !opcode.isControl else { throw .protocolViolation }
        guard bytes.count >= 2 else { return nil }
        let isMasked = bytes[1] & 0x80 != 0
        let short = Int(bytes[1] & 0x7F)
        guard isMasked == expectsMask, short <= 125 || !opcode.isControl else { throw .protocolViolation }

        let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
        guard bytes.count == 2 + lengthBytes + (isMasked ? 4 : 0) else { return nil }
        var length: UInt64 = lengthBytes == 0 ? UInt64(short) : 0
        for byte in bytes[2..<(2 + lengthBytes)] { length = length << 8 | UInt64(byte) }
        // The shortest form is the only one, and the highest bit is never set.
        let least: UInt64 = short == 126 ? 126 : short == 127 ? 0x1_0000 : 0
        guard length >= least, length >> 63 == 0 else { throw .protocolViolation }
        guard length <= UInt64(limit) || opcode.isControl else { throw .messageTooLong(limit: limit) }
        let mask = bytes.suffix(4)
        let at = mask.startIndex
        return Header(
            opcode: opcode, isFinal: isFinal, length: Int(length),
            mask: isMasked ? (mask[at], mask[at + 1], mask[at + 2], mask[at + 3]) : nil)
    }

    /// Whether this frame may follow what came before, RFC 6455 section 5.4.
    private mutating func check(_ header: Header) throws(WebSocketError) {
        if header.opcode.isControl { return }
        guard (header.opcode == .continuation) == (messageKind != nil) else { throw .protocolViolation }
        guard header.length <= limit - message.count else { throw .messageTooLong(limit: limit) }
        if messageKind == nil {
            messageKind = header.opcode
            validator = UTF8Validator()
        }
    }

    private mutating func take(_ part: ArraySlice<UInt8>, of header: Header) throws(WebSocketError) {
        if header.opcode.isControl {
            WebSocketReader.append(part, to: &control, header)
            return
        }
        let start = message.count
        WebSocketReader.append(part, to: &message, header)
        if messageKind == .text {
            guard validator.accept(message[start...]) else { throw .notUTF8 }
        }
    }

    private static func append(_ part: ArraySlice<UInt8>, to output: inout [UInt8], _ header: Header) {
        guard let (a, b, c, d) = header.mask else {
            output += part
            return
        }
        var place = header.taken & 3
        for byte in part {
            let key = place == 0 ? a : place == 1 ? b : place == 2 ? c : d
            output.append(byte ^ key)
            place = (place &+ 1) & 3
        }
    }

    /// What a frame whose payload is complete amounts to.
    private mutating func finish(_ header: Header) throws(WebSocketError) -> WebSocketEvent? {
        if header.opcode.isControl {
            let payload = control
            control = []
            switch header.opcode {
            case .ping: return .ping(payload)
            case .pong: return .pong(payload)
            default:
                let event = try WebSocketReader.closing(payload)
                isOver = true
                return event
            }
        }
        guard header.isFinal, let kind = messageKind else { return nil }
        guard kind != .text || validator.isComplete else { throw .notUTF8 }
        let whole = message
        message = []
        messageKind = nil
        return .message(kind == .text ? .text(String(decoding: whole, as: UTF8.self)) : .binary(whole))
    }

    private static func closing(_ payload: [UInt8]) throws(WebSocketError) -> WebSocketEvent {
        guard let first = payload.first else { return .closed(code: nil, reason: "") }
        guard payload.count >= 2 else { throw .protocolViolation }
        let code = UInt16(first) << 8 | UInt16(payload[1])
        guard mayBeSent(code) else { throw .protocolViolation }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else { throw .notUTF8 }
        return .closed(code: code, reason: reason)
    }

    /// The codes that may stand in a frame: registered ones, those of libraries and those of applications,
    /// RFC 6455 section 7.4 and the registry it founded.
    private static func mayBeSent(_ code: UInt16) -> Bool {
        switch code {
        case 1000...1003, 1007...1014, 3000...4999: true
        default: false
        }
    }
}
