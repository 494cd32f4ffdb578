import Testing

@testable import HTTP

@Suite struct QuotedTextTests {
    private func split(_ text: String, limit: Int = 64) -> [String] {
        QuotedText.split(Array(text.utf8)[...], ASCII.comma, limit: limit).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("a, b ,c", ["a", "b", "c"]), ("", [""]), (",", ["", ""]), ("\"a,b\",c", ["\"a,b\"", "c"]),
        ("\"a\\\",b\",c", ["\"a\\\",b\"", "c"]), ("\"a,b", ["\"a,b"]), ("a\\,b", ["a\\", "b"]),
    ])
    func `separators inside quotes do not count`(text: String, parts: [String]) {
        #expect(split(text) == parts)
    }

    @Test func `the number of parts is bounded`() {
        #expect(split(String(repeating: "a,", count: 1_000), limit: 3) == ["a", "a", "a"])
    }

    @Test(arguments: [
        ("token", "token"), ("\"a b\"", "a b"), ("\"a\\\"b\"", "a\"b"), ("\"C:\\x\\\\y\"", "C:\\x\\y"),
        ("\"open", "open"),
        ("\"\"", ""), ("\"", ""), ("\"a\\", "a\\"),
    ])
    func `quotes are taken off`(quoted: String, text: String) {
        #expect(QuotedText.unquote(Array(quoted.utf8)[...]) == text)
    }
}
