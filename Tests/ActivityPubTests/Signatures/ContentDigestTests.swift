import ActivityPub
import Testing

struct ContentDigestTests {
    /// RFC 9530 Appendix D and the draft's Appendix C: `{"hello": "world"}`.
    let body = Array(#"{"hello": "world"}"#.utf8)
    static let short = "X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="
    static let long =
        "WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew=="
    static let wrong = "R4ygsStnEcQ21ANY7yt/Wyqgzi+9ZRNHwsyfUCWZ6FE="

    @Test func `headers are made`() {
        #expect(ContentDigest.header(for: body) == "SHA-256=" + ContentDigestTests.short)
        #expect(ContentDigest.structuredHeader(for: body) == "sha-256=:\(ContentDigestTests.short):")
        #expect(ContentDigest.header(for: Array(SignatureVectors.body.utf8)) == SignatureVectors.digest)
    }

    @Test(arguments: [
        "SHA-256=\(short)", "sha-256=\(short)", "Sha-256 = \(short) ", "SHA-512=\(long)", "sha-512=\(long)",
        "SHA-512=\(long),SHA-256=\(short)", "SHA-256=\(short), SHA-512=\(long)", "MD5=xyz,SHA-256=\(short)",
        "SHA-256=\(short),SHA-512=nonsense", "unixsum=30637, SHA-256=\(short)",
    ])
    func `a right Digest passes`(header: String) throws {
        try ContentDigest.check(header: header, body: body)
    }

    static let refused: [(String, SignatureFault)] = [
        ("", .malformedDigest),
        ("SHA-256", .malformedDigest),
        ("SHA-256=", .malformedDigest),
        ("SHA-256=\(short.dropLast())", .malformedDigest),
        ("MD5=7Qdih1MuhjZehB6Sv8UNjA==", .malformedDigest),
        (short, .malformedDigest),
        ("SHA-256=\(wrong)", .digestMismatch),
        ("SHA-256=\(long)", .digestMismatch),
        ("SHA-512=\(short)", .digestMismatch),
        ("SHA-256=\(wrong),SHA-512=\(long)", .digestMismatch),
        ("SHA-256=\(short),SHA-256=\(wrong)", .digestMismatch),
        ("SHA-256=\(wrong),SHA-256=\(short)", .digestMismatch),
    ]

    @Test(arguments: refused)
    func `a wrong Digest does not`(header: String, fault: SignatureFault) {
        #expect(throws: fault) { try ContentDigest.check(header: header, body: body) }
    }

    @Test(arguments: [
        "sha-256=:\(short):", "sha-512=:\(long):", "sha-512=:\(long):, sha-256=:\(short):",
        "sha=:AQID:,sha-256=:\(short):",
    ])
    func `a right Content-Digest passes`(header: String) throws {
        try ContentDigest.check(structuredHeader: header, body: body)
    }

    @Test(arguments: [
        ("sha-256=\(short)", SignatureFault.malformedDigest), ("sha-256=:", .malformedDigest),
        ("sha-256=::", .digestMismatch),
        ("sha-256=:\(wrong):", .digestMismatch), ("md5=:AQID:", .malformedDigest),
    ])
    func `a wrong Content-Digest does not`(header: String, fault: SignatureFault) {
        #expect(throws: fault) { try ContentDigest.check(structuredHeader: header, body: body) }
    }
}
