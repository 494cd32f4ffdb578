import Glibc

/// One line an event on standard error, with the priority prefix that journald understands (sd-daemon(3)).
///
/// Values go into fields, never into the message, so that a log can be searched. No token, password, key or
/// text of a post belongs in either.
package struct Log: Sendable {
    package enum Priority: Int, Sendable {
        case error = 3
        case warning = 4
        case notice = 5
        case info = 6
        case debug = 7
    }

    private let write: @Sendable (String) -> Void
    private let threshold: Priority

    package init(threshold: Priority = .info, write: @escaping @Sendable (String) -> Void) {
        self.threshold = threshold
        self.write = write
    }

    package static let standardError = Log { line in
        var line = line
        line.withUTF8 { bytes in
            // A log that cannot be written has nowhere to complain.
            _ = Glibc.write(2, bytes.baseAddress, bytes.count)
        }
    }

    /// The same log without what is less important.
    package func limited(to threshold: Priority) -> Log { Log(threshold: threshold, write: write) }

    package static let silent = Log { _ in }

    package func error(_ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible> = [:])
    {
        emit(.error, message, fields)
    }

    package func warning(
        _ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible> = [:]
    ) {
        emit(.warning, message, fields)
    }

    package func notice(_ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible> = [:])
    {
        emit(.notice, message, fields)
    }

    package func debug(_ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible> = [:])
    {
        emit(.debug, message, fields)
    }

    package func info(_ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible> = [:]) {
        emit(.info, message, fields)
    }

    private func emit(
        _ priority: Priority, _ message: String, _ fields: KeyValuePairs<String, any CustomStringConvertible>
    ) {
        guard priority.rawValue <= threshold.rawValue else { return }
        var line = "<\(priority.rawValue)>\(message)"
        for (name, value) in fields {
            line += " \(name)=\(Log.quoted(value.description))"
        }
        write(line + "\n")
    }

    /// Quotes a value that holds blanks, and drops what could forge a second line.
    private static func quoted(_ value: String) -> String {
        var plain = true
        var cleaned: [UInt8] = []
        for byte in value.utf8.prefix(512) {
            switch byte {
            case 0..<0x20, 0x7F, UInt8(ascii: "\""):
                cleaned.append(UInt8(ascii: "?"))
                plain = false
            case UInt8(ascii: " "), UInt8(ascii: "="):
                cleaned.append(byte)
                plain = false
            default: cleaned.append(byte)
            }
        }
        let text = String(decoding: cleaned, as: UTF8.self)
        return plain && !text.isEmpty ? text : "\"\(text)\""
    }
}
