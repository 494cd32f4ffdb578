import Testing

@testable import Markup

struct TextWriterTests {
    private func written(_ text: String, _ target: TextWriter.Target = .plain, decodes: Bool = true) -> String
    {
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        TextWriter(target: target).append(bytes.indices, of: bytes, decodesReferences: decodes, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    @Test func `each place has its escapes`() {
        #expect(written("a&<>\"'", .plain) == "a&<>\"'")
        #expect(written("a&<>\"'", .html) == "a&amp;&lt;&gt;\"'")
        #expect(written("a&<>\"'", .attribute) == "a&amp;&lt;&gt;&quot;'")
    }

    @Test func `what is decoded is escaped again`() {
        #expect(written("&lt;&#60;&amp;lt;", .html) == "&lt;&lt;&amp;lt;")
        #expect(written("&quot;&#34;", .attribute) == "&quot;&quot;")
        #expect(written("&lt;", .html, decodes: false) == "&amp;lt;")
    }

    @Test(arguments: [TextWriter.Target.plain, .html, .attribute])
    func `controls and turned text are left out, however they are written`(target: TextWriter.Target) {
        let turning = (0x202A...0x202E).map { $0 } + (0x2066...0x2069)
        let controls = (0..<0x20).filter { ![0x09, 0x0A, 0x0D].contains($0) } + (0x7F..<0xA0)
        for value in turning + controls {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            #expect(written("a\(scalar)b", target) == "ab")
            // 0x80 to 0x9F as numbers mean other characters, and 0 the replacement character.
            if value > 0, !(0x80..<0xA0).contains(value) { #expect(written("a&#\(value);b", target) == "ab") }
        }
    }

    @Test func `neighbours of what is left out stay`() {
        let kept = "\u{2029}\u{202F}\u{2065}\u{206A}\u{200E}\u{200F}\u{A0}\u{E9}\t\u{20}~\u{2028}"
        #expect(written(kept) == kept)
    }

    @Test(arguments: [
        ("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\r", "a\n"), ("\n\r\n", "\n\n"), ("\r\r", "\n\n"),
    ])
    func `all newlines become one kind`(text: String, expected: String) {
        #expect(Array(written(text).utf8) == Array(expected.utf8))
    }
}
