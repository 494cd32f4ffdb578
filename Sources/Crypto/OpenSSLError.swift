internal import COpenSSL

/// What OpenSSL says about a call that failed.
package struct OpenSSLError: Error, Equatable, CustomStringConvertible {
    /// What was being tried, as a phrase: "reading the certificate".
    package let operation: String
    /// OpenSSL's own words for the first thing that went wrong.
    package let reason: String

    package var description: String { "\(operation): \(reason)" }

    /// The oldest entry of this thread's error queue, which is then empty: a leftover would be blamed on a
    /// later call.
    static func take(_ operation: String) -> OpenSSLError {
        OpenSSLError(operation: operation, reason: takeReason() ?? "no reason given")
    }

    static func takeReason() -> String? {
        var data: UnsafePointer<CChar>?
        var flags: CInt = 0
        let code = ERR_get_error_all(nil, nil, nil, &data, &flags)
        guard code != 0 else { return nil }
        var reason = text(of: code)
        if let data, flags & ERR_TXT_STRING != 0, data.pointee != 0 {
            reason += " (\(String(cString: data)))"
        }
        ERR_clear_error()
        return reason
    }

    private static func text(of code: CUnsignedLong) -> String {
        if let reason = ERR_reason_error_string(code) { return String(cString: reason) }
        // Errors of the operating system have no reason string, only the line "error:…:library::reason".
        let line = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            ERR_error_string_n(code, buffer.baseAddress, buffer.count)
            return buffer.baseAddress.map { String(cString: $0) } ?? ""
        }
        return line.utf8.lastIndex(of: UInt8(ascii: ":")).map { String(line[line.utf8.index(after: $0)...]) }
            ?? line
    }
}
