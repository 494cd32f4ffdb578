import JSON
import Testing

struct JSONWriterTests {
    private func written(_ write: (inout JSONWriter) throws -> Void) rethrows -> String {
        var writer = JSONWriter()
        try write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `a document of every kind of member is written as expected`() {
        let absentText: String? = nil
        let absentNumber: Int64? = nil
        let absentAnswer: Bool? = nil
        let text = written {
            $0.object {
                $0.field("text", "a")
                $0.field("noText", absentText)
                $0.field("number", 1)
                $0.field("long", Int64.max)
                $0.field("noLong", absentNumber)
                $0.field("int", Int?.none)
                $0.field("yes", true)
                $0.field("noAnswer", absentAnswer)
                $0.field("double", 1.5)
                $0.field("noDouble", Double?.none)
                $0.field("list", ["a", "b"])
                $0.field("emptyList", [])
                $0.null("nothing")
                $0.object("inner") { _ in }
                $0.object("innerTwo") { $0.field("a", 1) }
                $0.array("array") {
                    $0.element("x")
                    $0.element(2)
                    $0.element(Int64(-3))
                    $0.element(false)
                    $0.element(absentText)
                    $0.null()
                    $0.object { $0.field("k", 1) }
                    $0.object { _ in }
                    $0.array { $0.element(0.5) }
                    $0.array { _ in }
                    $0.raw(Array("[9]".utf8))
                }
                $0.raw("raw", Array("{\"r\":1}".utf8))
                $0.field("last", false)
            }
        }
        #expect(
            text == """
                {"text":"a","noText":null,"number":1,"long":9223372036854775807,"noLong":null,"int":null,\
                "yes":true,"noAnswer":null,"double":1.5,"noDouble":null,"list":["a","b"],"emptyList":[],\
                "nothing":null,"inner":{},"innerTwo":{"a":1},"array":["x",2,-3,false,null,null,{"k":1},{},\
                [0.5],[],[9]],"raw":{"r":1},"last":false}
                """)
    }

    @Test(arguments: [
        ("", "\"\""), ("plain", "\"plain\""), ("\"\\", "\"\\\"\\\\\""),
        ("\n\r\t\u{8}\u{C}", "\"\\n\\r\\t\\b\\f\""),
        ("\u{0}\u{1}\u{1F}\u{B}", "\"\\u0000\\u0001\\u001f\\u000b\""), ("a/b\u{7F}", "\"a/b\u{7F}\""),
        ("\u{E9}\u{1F600}\u{2028}", "\"\u{E9}\u{1F600}\u{2028}\""), ("a\"b\"", "\"a\\\"b\\\"\""),
    ])
    func `strings are escaped where the grammar asks for it`(text: String, expected: String) {
        #expect(written { $0.element(text) } == expected)
        #expect(written { $0.object { $0.field(text, 1) } } == "{\(expected):1}")
    }

    @Test(arguments: [0, 1, -1, 9, 10, -10, 100, 1_234_567_890, Int.max, Int.min])
    func `whole numbers are written in full`(number: Int) {
        #expect(written { $0.element(number) } == String(number))
    }

    @Test(arguments: [
        (0.0, "0.0"), (-0.5, "-0.5"), (1e300, "1e+300"), (.infinity, "null"), (-.infinity, "null"),
        (.nan, "null"),
    ])
    func `doubles are written as JSON can hold them`(number: Double, expected: String) {
        #expect(written { $0.element(number) } == expected)
    }

    @Test func `empty raw bytes become null`() {
        #expect(written { $0.object { $0.raw("a", [UInt8]()) } } == "{\"a\":null}")
    }

    @Test func `what a body throws comes through`() {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try written { try $0.object { _ in throw Stop() } }
        }
    }

    @Test func `what is written reads back as it was`() throws {
        let texts =
            (0..<0x180).compactMap(Unicode.Scalar.init).map { "x\($0)y" } + ["\u{1F600}", "\u{FFFF}", ""]
        var writer = JSONWriter(capacity: 0)
        writer.object {
            $0.field("texts", texts)
            $0.array("numbers") { for number in [0.1, -1e-300, 123456789.125] { $0.element(number) } }
            for (index, text) in texts.enumerated() { $0.field("\(text)\(index)", index) }
        }
        let value = try Document(writer.bytes).root
        #expect(value["texts"]?.elements.map(\.string) == texts)
        #expect(value["numbers"]?.elements.map(\.double) == [0.1, -1e-300, 123456789.125])
        for (index, text) in texts.enumerated() { #expect(value["\(text)\(index)"]?.int == index) }
    }
}
