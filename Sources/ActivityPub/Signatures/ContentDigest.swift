internal import Crypto

/// The digest of a body in a header: `Digest` (RFC 3230) and its successor `Content-Digest` (RFC 9530).
package enum ContentDigest {
    /// The value of a `Digest` header; the name in capitals, which some servers insist on.
    package static func header(for body: [UInt8]) -> String {
        "SHA-256=" + Base64.encode(Digest.sha256(body))
    }

    /// The value of a `Content-Digest` header.
    package static func structuredHeader(for body: [UInt8]) -> String {
        "sha-256=:" + Base64.encode(Digest.sha256(body)) + ":"
    }

    /// Checks the value of a `Digest` header: `SHA-256=BASE64`, or several with commas between them.
    package static func check(header: String, body: [UInt8]) throws(SignatureFault) {
        try check(members(of: header), body) { value in Base64.decode(value) }
    }

    /// Checks the value of a `Content-Digest` header: `sha-256=:BASE64:`, or several with commas between
    /// them.
    package static func check(structuredHeader: String, body: [UInt8]) throws(SignatureFault) {
        try check(members(of: structuredHeader), body) { value in
            guard value.utf8.count >= 2, value.hasPrefix(":"), value.hasSuffix(":") else { return nil }
            return Base64.decode(value.dropFirst().dropLast())
        }
    }

    /// SHA-256 decides. SHA-512 does if it is there without SHA-256; other algorithms never do.
    private static func check(
        _ members: [(name: String, value: Substring)], _ body: [UInt8], _ decode: (Substring) -> [UInt8]?
    ) throws(SignatureFault) {
        var expected = members.filter { $0.name == "sha-256" }
        var isLong = false
        if expected.isEmpty {
            expected = members.filter { $0.name == "sha-512" }
            isLong = true
        }
        guard !expected.isEmpty else { throw .malformedDigest }
        let actual = isLong ? Digest.sha512(body) : Digest.sha256(body)
        for member in expected {
            guard let value = decode(member.value) else { throw .malformedDigest }
            guard value == actual else { throw .digestMismatch }
        }
    }

    private static func members(of header: String) -> [(name: String, value: Substring)] {
        header.split(separator: ",").prefix(8).compactMap { member in
            let parts = member.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (trim(parts[0]).lowercased(), trim(parts[1]))
        }
    }

    private static func trim(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
