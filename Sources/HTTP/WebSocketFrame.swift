/// One frame of a WebSocket as it is written, RFC 6455 section 5.2.
package enum WebSocketFrame {
    enum Opcode: UInt8, Sendable {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    /// A whole message in one frame.
    package static func message(_ message: WebSocketMessage) -> [UInt8] {
        var bytes: [UInt8] = []
        append(message, to: &bytes)
        return bytes
    }

    static func append(_ message: WebSocketMessage, to bytes: inout [UInt8]) {
        switch message {
        case .text(let text): append(.text, text.utf8, to: &bytes)
        case .binary(let payload): append(.binary, payload, to: &bytes)
        }
    }

    /// - Parameter payload: at most 125 bytes; the rest is cut off.
    package static func ping(_ payload: [UInt8] = []) -> [UInt8] {
        frame(.ping, Array(payload.prefix(125)))
    }

    /// The answer to a ping, with its payload.
    package static func pong(_ payload: [UInt8]) -> [UInt8] {
        frame(.pong, Array(payload.prefix(125)))
    }

    /// - Parameters:
    ///   - code: why, RFC 6455 section 7.4; without one the frame is empty.
    ///   - reason: for a reader's eyes, cut to what fits.
    package static func close(_ code: UInt16?, _ reason: String = "") -> [UInt8] {
        guard let code else { return frame(.close, []) }
        var text = reason[...]
        while text.utf8.count > 123 { text = text.dropLast() }
        return frame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(text.utf8))
    }

    /// - Parameter mask: four bytes when written by a client; a server does not mask.
    static func frame(
        _ opcode: Opcode, _ payload: [UInt8], isFinal: Bool = true, mask: [UInt8]? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        append(opcode, payload, isFinal: isFinal, mask: mask, to: &bytes)
        return bytes
    }

    private static func append(
        _ opcode: Opcode, _ payload: some Collection<UInt8>, isFinal: Bool = true, mask: [UInt8]? = nil,
        to bytes: inout [UInt8]
    ) {
        let count = payload.count
        bytes.reserveCapacity(bytes.count + count + 14)
        bytes.append((isFinal ? 0x80 : 0) | opcode.rawValue)
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch count {
        case ...125:
            bytes.append(maskBit | UInt8(truncatingIfNeeded: count))
        case ...0xFFFF:
            bytes.append(maskBit | 126)
            appendBigEndian(count, count: 2, to: &bytes)
        default:
            bytes.append(maskBit | 127)
            appendBigEndian(count, count: 8, to: &bytes)
        }
        guard let mask, mask.count == 4 else {
            bytes.append(contentsOf: payload)
            return
        }
        bytes += mask
        for (index, byte) in payload.enumerated() { bytes.append(byte ^ mask[index & 3]) }
    }

    private static func appendBigEndian(_ value: Int, count: Int, to bytes: inout [UInt8]) {
        for place in (0..<count).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: value >> (place * 8)))
        }
    }
}

/// Why a WebSocket is closed by the one who noticed, RFC 6455 section 7.4.1.
package enum WebSocketError: Error, Hashable, Sendable {
    case protocolViolation
    case notUTF8
    case messageTooLong(limit: Int)

    /// What goes into our close frame.
    package var closeCode: UInt16 {
        switch self {
        case .protocolViolation: 1002
        case .notUTF8: 1007
        case .messageTooLong: 1009
        }
    }
}
