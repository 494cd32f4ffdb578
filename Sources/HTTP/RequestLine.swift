/// `GET /path HTTP/1.1`, RFC 9112 section 3.
enum RequestLine {
    static func parse(_ line: ArraySlice<UInt8>) throws(HeadError) -> (Method, Target, version: Int) {
        guard let first = line.firstIndex(of: ASCII.space), let last = line.lastIndex(of: ASCII.space),
            first < last, let method = Method(token: line[..<first])
        else { throw .malformedRequestLine }
        guard let version = minorVersion(line[(last + 1)...]) else { throw .malformedRequestLine }
        guard version >= 0 else { throw .unsupportedVersion }
        let target = try Target(slice: line[(first + 1)..<last])
        if target.path == "*" {
            guard method == .options else { throw .malformedTarget }
        }
        return (method, target, version)
    }

    /// 0 or 1 for `HTTP/1.x`, a later minor version counting as 1 (RFC 9110 section 2.5); -1 for another
    /// major version; nil for anything else.
    static func minorVersion(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count == 8, bytes.starts(with: "HTTP/".utf8) else { return nil }
        let digits = Array(bytes.dropFirst(5))
        guard ASCII.isDigit(digits[0]), digits[1] == UInt8(ascii: "."), ASCII.isDigit(digits[2]) else {
            return nil
        }
        guard digits[0] == UInt8(ascii: "1") else { return -1 }
        return digits[2] == UInt8(ascii: "0") ? 0 : 1
    }
}

/// Whether a connection outlives the message, RFC 9112 section 9.3.
enum ConnectionField {
    static func keepsAlive(_ fields: Fields, version: Int) -> Bool {
        if fields.hasToken("Connection", "close") { return false }
        return version >= 1 || fields.hasToken("Connection", "keep-alive")
    }
}
