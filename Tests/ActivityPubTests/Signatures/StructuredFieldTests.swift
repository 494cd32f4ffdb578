import Testing

@testable import ActivityPub

/// RFC 8941, as far as signatures need it.
struct StructuredFieldTests {
    private func read(_ text: String) throws -> StructuredDictionary {
        try StructuredDictionary(Array(text.utf8))
    }

    private func item(_ text: String) throws -> StructuredItem? {
        guard case .item(let item) = try read("a=" + text)["a"]?.content else { return nil }
        return item
    }

    @Test func `a dictionary keeps its order`() throws {
        let dictionary = try read(#"  en="Applepie",da=:AQID:\#t , fr;x=1;y, *z=(1  "b" c;d);e=?0  "#)
        #expect(dictionary.members.map(\.key) == ["en", "da", "fr", "*z"])
        #expect(dictionary["fr"]?.parameters["y"] == .boolean(true))
        #expect(dictionary["*z"]?.text == #"(1  "b" c;d);e=?0"#)
        guard case .list(let list) = dictionary["*z"]?.content else {
            Issue.record("not a list")
            return
        }
        #expect(list.map(\.item) == [.integer(1), .string("b"), .token("c")])
        #expect(list.last?.parameters["d"] == .boolean(true))
        #expect(try read("").members.isEmpty)
    }

    @Test func `each kind of item is read`() throws {
        let items: [(String, StructuredItem)] = [
            ("0", .integer(0)), ("-42", .integer(-42)), ("999999999999999", .integer(999_999_999_999_999)),
            ("1.5", .decimal), ("-123456789012.123", .decimal), (#""a \"\\b""#, .string(#"a "\b"#)),
            ("::", .bytes([])), (":AQID:", .bytes([1, 2, 3])), ("?1", .boolean(true)),
            ("?0", .boolean(false)), ("*a/b:c", .token("*a/b:c")), ("Token", .token("Token")),
        ]
        for (text, expected) in items { #expect(try item(text) == expected, "\(text)") }
    }

    @Test(arguments: [
        "a=", "=1", "A=1", "1=1", "a=1,", "a=1,,b=2", "a=1 b=2", "a = 1", "a=\"x", "a=\"\\x\"",
        "a=\"\u{7f}\"",
        "a=\"\u{e9}\"", "a=\"x\ny\"", "a=:AQID", "a=?2", "a=?", "a=(", "a=(1", "a=(1\t2)", "a=(1,2)",
        "a=((1))",
        "a=1;", "a=1;B", "a=1;=2", "a=@1", "a=%\"x\"", "a=)", ";a", ",", "a=\"\\",
    ])
    func `what is not of the grammar is refused`(text: String) {
        #expect(throws: SignatureFault.malformedSignature) { try read(text) }
    }

    @Test(arguments: ["-", "--1", "1.", "1.2345", "1234567890123456", "1234567890123.1", "-.5"])
    func `numbers have their bounds`(text: String) {
        #expect(throws: SignatureFault.malformedNumber) { try item(text) }
    }

    @Test(arguments: [":AQI:", ":A-_=:", ":AQ==AQ==:", ": :"])
    func `bytes are Base64`(text: String) {
        #expect(throws: SignatureFault.malformedBase64) { try item(text) }
    }

    @Test func `what comes twice is refused`() {
        #expect(throws: SignatureFault.repeatedParameter) { try read("a=1, a=1") }
        #expect(throws: SignatureFault.repeatedParameter) { try read("a=1;b;b") }
    }

    @Test func `everything has its bounds`() throws {
        let members = (0..<16).map { "m\($0)" }
        #expect(try read(members.joined(separator: ",")).members.count == 16)
        let parameters = String((0..<16).map { ";p\($0)" }.joined())
        #expect(try read("a" + parameters)["a"]?.parameters.all.count == 16)
        let items = [String](repeating: "1", count: 64).joined(separator: " ")
        _ = try read("a=(\(items))")
        for text in [members.joined(separator: ",") + ",x", "a\(parameters);x", "a=(\(items) 1)"] {
            #expect(throws: SignatureFault.malformedSignature) { try read(text) }
        }
    }
}
