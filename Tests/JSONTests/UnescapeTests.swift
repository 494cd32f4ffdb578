import JSON
import Testing

struct UnescapeTests {
    @Test(arguments: [
        ("\\\"\\\\\\/", "\"\\/"), ("\\b\\f\\n\\r\\t", "\u{8}\u{C}\n\r\t"),
        ("\\u0041\\u00e9\\u00E9\\u20AC", "A\u{E9}\u{E9}\u{20AC}"),
        ("\\u0000", "\u{0}"), ("\\ud83d\\ude00", "\u{1F600}"), ("\\uD83D\\uDE00!", "\u{1F600}!"),
        ("\\uDBFF\\uDFFF", "\u{10FFFF}"), ("\\uFFFF", "\u{FFFF}"), ("a\\\\nb", "a\\nb"),
        ("\\\\u0041", "\\u0041"),
        ("\u{E9}\\n\u{1F600}", "\u{E9}\n\u{1F600}"),
    ])
    func `escapes become what they stand for`(written: String, meant: String) throws {
        let value = try document("\"\(written)\"")
        #expect(value.string.map { Array($0.unicodeScalars) } == Array(meant.unicodeScalars))
    }

    @Test(arguments: [
        ("\\ud800", "\u{FFFD}"), ("\\udc00", "\u{FFFD}"), ("\\ud800x", "\u{FFFD}x"),
        ("\\ud800\\n", "\u{FFFD}\n"),
        ("\\ud800\\u0041", "\u{FFFD}A"), ("\\ud800\\ud83d\\ude00", "\u{FFFD}\u{1F600}"),
        ("\\ude00\\ud83d", "\u{FFFD}\u{FFFD}"), ("x\\ud83d", "x\u{FFFD}"),
    ])
    func `half a surrogate pair becomes the replacement character`(written: String, meant: String) throws {
        #expect(try document("\"\(written)\"").string == meant)
    }
}
