internal import HTTP

/// What is signed of a request, as bytes. draft-cavage-http-signatures-12 §2.3.
struct SigningString {
    private(set) var bytes: [UInt8] = []

    /// Adds the line for what comes before the fields: lower-case method, path and query.
    mutating func appendRequestTarget(_ method: Method, _ target: some StringProtocol) {
        beginLine("(request-target)")
        bytes.append(contentsOf: method.rawValue.utf8.lowercasedASCII())
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: target.utf8)
    }

    /// Adds a line; `name` is in lower case.
    mutating func append(_ name: String, _ value: some StringProtocol) {
        beginLine(name)
        var value = Substring(value).utf8
        while let first = value.first, first == 0x20 || first == 0x09 { value = value.dropFirst() }
        while let last = value.last, last == 0x20 || last == 0x09 { value = value.dropLast() }
        bytes.append(contentsOf: value)
    }

    private mutating func beginLine(_ name: String) {
        if bytes.isEmpty {
            bytes.reserveCapacity(512)
        } else {
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
    }
}
