import Testing

@testable import HTTP

@Suite struct Base64Tests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the vectors of the RFC come out`(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }

    @Test func `all digits occur`() {
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
        #expect(
            Base64.encode(Array(0...255)).utf8.allSatisfy { Base64.isDigit($0) || $0 == UInt8(ascii: "=") })
        #expect(!Base64.isDigit(UInt8(ascii: "-")) && !Base64.isDigit(UInt8(ascii: "=")))
    }
}
