import HTTP
import Testing

@Suite struct PercentCodingTests {
    @Test(arguments: [
        ("", ""), ("a%20b", "a b"), ("%c3%A9", "é"), ("a+b", "a+b"), ("%2F", "/"), ("%25", "%"),
    ])
    func `escapes are undone`(encoded: String, text: String) {
        #expect(PercentCoding.decode(encoded) == text)
    }

    @Test(arguments: ["%", "%4", "%zz", "%4g", "a%00b", "\0", "%ff", "%C3", "%ED%A0%80"])
    func `broken escapes, NUL and what is not UTF-8 are nothing`(encoded: String) {
        #expect(PercentCoding.decode(encoded) == nil)
    }

    @Test(arguments: [
        ("a+b%20c", "a b c"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("%2b", "+"), ("%00", "\u{FFFD}"),
        ("a%00+b", "a\u{FFFD} b"), ("%ff", "\u{FFFD}"), ("plain", "plain"),
    ])
    func `a form is read however it is`(encoded: String, text: String) {
        #expect(PercentCoding.decodeForm(Array(encoded.utf8)[...]) == text)
    }

    @Test func `what is encoded comes back`() {
        let text = "a b/c?d=é&+%\u{1F600}~._-"
        #expect(PercentCoding.encodeQuery(text) == "a%20b%2Fc%3Fd%3D%C3%A9%26%2B%25%F0%9F%98%80~._-")
        #expect(PercentCoding.decode(PercentCoding.encodeQuery(text)) == text)
        #expect(PercentCoding.decode(PercentCoding.encodeSegment(text)) == text)
        #expect(PercentCoding.encodeSegment("@me:x/y") == "@me:x%2Fy")
        #expect(PercentCoding.encodeQuery("plain") == "plain")
    }
}
