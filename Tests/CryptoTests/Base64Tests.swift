import Crypto
import Testing

struct Base64Tests {
    /// RFC 4648 §10.
    static let examples = [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ]

    @Test(arguments: examples)
    func `the examples of RFC 4648 go both ways`(plain: String, coded: String) {
        #expect(Base64.encode(plain.utf8) == coded)
        #expect(Base64.decode(coded) == Array(plain.utf8))
        #expect(Base64.encodeURL(plain.utf8) == coded.prefix { $0 != "=" })
        #expect(Base64.decodeLenient(coded.prefix { $0 != "=" }) == Array(plain.utf8))
    }

    @Test func `every length and every byte survives both alphabets`() {
        for count in 0..<260 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64.decodeLenient(Base64.encodeURL(bytes)) == bytes)
        }
    }

    @Test func `the two alphabets differ in two characters`() {
        #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
        #expect(Base64.encodeURL([0xfb, 0xff]) == "-_8")
        #expect(Base64.decodeLenient("-_8=") == [0xfb, 0xff])
        #expect(Base64.decodeLenient("+/8") == [0xfb, 0xff])
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "Z", "=", "==", "====", "Z===", "Zm9v=", "Zm9vZ===", "Zm=v", "Zm9v Zg==",
        "Zm9v\n", "-_8=",
        "Zh==", "Zm9=", "Zm9\u{0}", "Zm9\u{e9}", "Zg==Zg==",
    ])
    func `the strict form has one spelling for each value`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Z", "=", "====", "Zg=", "Z===", "Zm9vZ", "Zm9v\n", "Zm=v", "Zm9\u{e9}", "Zm9v===="])
    func `the lenient form still refuses what is no Base64`(text: String) {
        #expect(Base64.decodeLenient(text) == nil)
    }
}
