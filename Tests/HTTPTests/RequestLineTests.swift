import Testing

@testable import HTTP

@Suite struct RequestLineTests {
    @Test(
        arguments: [
            ("HTTP/1.1", 1), ("HTTP/1.0", 0), ("HTTP/1.7", 1), ("HTTP/2.0", -1), ("HTTP/0.9", -1),
            ("HTTP/11", nil),
            ("HTTP/1.", nil), ("HTTP/1.11", nil), ("http/1.1", nil), ("HTTP 1.1", nil), ("HTTP/x.1", nil),
            ("", nil),
        ] as [(String, Int?)])
    func `a version is eight characters`(text: String, minor: Int?) {
        #expect(RequestLine.minorVersion(Array(text.utf8)[...]) == minor)
    }
}
