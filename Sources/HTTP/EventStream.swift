/// Server-sent events, as the HTML standard writes them (section 9.2).
package enum EventStream {
    package static let contentType = "text/event-stream"

    /// One event. Every line of `data` becomes a line of its own; other line breaks are left out.
    package static func event(_ name: String, data: String) -> [UInt8] {
        var bytes = Array("event: ".utf8)
        bytes += name.utf8.filter { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
        bytes.append(ASCII.lineFeed)
        for line in data.utf8.split(separator: ASCII.lineFeed, omittingEmptySubsequences: false) {
            bytes += "data: ".utf8
            bytes += line.filter { $0 != ASCII.carriageReturn }
            bytes.append(ASCII.lineFeed)
        }
        bytes.append(ASCII.lineFeed)
        return bytes
    }

    /// A comment, which keeps the connection from looking idle.
    package static let heartbeat: [UInt8] = Array(":thump\n\n".utf8)
}
