import JSON
import Testing

/// The text as bytes.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// A document read from text that is known to be good.
func document(_ text: String) throws -> JSONValue { try Document(bytes(text)).root }

struct DocumentTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "10", "-1.5e+10", "1E5", "1e-5", "0.1", "\"\"", "\"a\"", "[]",
        "{}", "[[]]",
        " \t\n\r[ 1 , 2 ]\r\n ", "{\"a\":1,\"b\":[{}]}", "{\"\":0}", "[null,true,false]",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0000\"", "\"\\uD83D\\uDE00\"", "\"\\uD800\"", "\"\u{7F}\u{2028}\u{10FFFF}\"", "[1e400]",
        "{\"a\":{\"a\":{\"a\":null}}}", "[[],[[]],{}]",
    ])
    func `what the grammar allows is accepted`(text: String) throws {
        _ = try document(text)
    }

    @Test(arguments: [
        ("", 0), ("  ", 2), ("\u{FEFF}[]", 0), ("[] []", 3), ("[]x", 2), ("1 2", 2), ("nul", 0), ("True", 0),
        ("nulll", 4),
        ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("[1}", 2), ("]", 0),
        ("}", 0),
        ("{", 1), ("{]", 1), ("{\"a\"", 4), ("{\"a\":", 5), ("{\"a\":}", 5), ("{\"a\" 1}", 5),
        ("{\"a\":1,}", 7),
        ("{a:1}", 1), ("{1:1}", 1), ("{\"a\":1]", 6), ("{,}", 1), ("{\"a\":1 \"b\":2}", 7), ("{\"a\":1", 6),
        ("[\"a\"", 4),
        ("01", 1), ("1.", 2), (".5", 0), ("+1", 0), ("-", 1), ("--1", 1), ("1e", 2), ("1e+", 3), ("1.e1", 2),
        ("-.5", 1),
        ("0x10", 1), ("1_000", 1), ("NaN", 0), ("-Infinity", 1), ("[1.5.5]", 4), ("1e5.5", 3), ("-01", 2),
        ("\"", 1), ("\"a", 2), ("\"\\", 2), ("\"\\\"", 3), ("\"\\x\"", 2), ("\"\\u12\"", 5),
        ("\"\\u12G4\"", 5),
        ("\"\\u", 3), ("\"\\U0041\"", 2), ("\"a\nb\"", 2), ("\"\t\"", 1), ("\"\u{0}\"", 1), ("'a'", 0),
        ("[1]//x", 3),
        ("/**/1", 0), ("\u{A0}1", 0), ("[\u{B}]", 1), ("[1,\u{0}]", 3), ("\"a\"\"b\"", 3), ("{\"a\"::1}", 5),
    ])
    func `what the grammar forbids is refused at the first wrong byte`(text: String, position: Int) {
        #expect(throws: JSONError.invalid(at: position)) { try Document(bytes(text)) }
    }

    @Test(arguments: [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
        [0xE2, 0x82],
        [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF0, 0x9F, 0x98],
        [0xFF],
        [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xF0, 0x9F, 0x98, 0x28],
    ])
    func `a string that is not well-formed UTF-8 is refused`(sequence: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        #expect(throws: JSONError.invalidUTF8(at: 2)) { try Document([quote, 0x61] + sequence + [quote]) }
        #expect(throws: JSONError.invalidUTF8(at: 2)) { try Document([quote, 0x61] + sequence) }
    }

    @Test(arguments: [
        [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
        [0xEF, 0xBF, 0xBF],
        [0xF0, 0x90, 0x80, 0x80], [0xF3, 0xBF, 0xBF, 0xBF], [0xF4, 0x8F, 0xBF, 0xBF],
    ])
    func `the first and last characters of each length are accepted`(sequence: [UInt8]) throws {
        let quote = UInt8(ascii: "\"")
        let value = try Document([quote] + sequence + [quote]).root
        #expect(value.string.map { Array($0.utf8) } == sequence)
    }

    @Test func `nesting is accepted up to the limit and refused one deeper`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            bytes(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        }
        _ = try Document(nested(32))
        #expect(throws: JSONError.tooDeep(limit: 32)) { try Document(nested(33)) }
        #expect(throws: JSONError.tooDeep(limit: 32)) {
            try Document(bytes(String(repeating: "{\"a\":[", count: 100_000)))
        }
    }

    @Test func `a caller that allows it may read a hundred thousand levels`() throws {
        let limits = JSONLimits(
            depth: 100_000, bytes: 1 << 20, nodes: 200_000, stringBytes: 10, arrayElements: 10)
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(try Document(bytes(text), limits: limits).root.count == 1)
    }

    @Test func `a text is accepted up to the limit and refused one byte longer`() throws {
        var limits = JSONLimits.standard
        limits.bytes = 4
        _ = try Document(bytes("\"ab\""), limits: limits)
        #expect(throws: JSONError.tooLarge(limit: 4)) { try Document(bytes("\"abc\""), limits: limits) }
    }

    @Test func `values are accepted up to the limit, keys counted, and refused one more`() throws {
        var limits = JSONLimits.standard
        limits.nodes = 3
        _ = try Document(bytes("{\"a\":1}"), limits: limits)
        _ = try Document(bytes("[1,2]"), limits: limits)
        for text in ["{\"a\":[1]}", "[1,2,3]", "[[[[]]]]", "{\"a\":1,\"b\":2}"] {
            #expect(throws: JSONError.tooManyValues(limit: 3)) { try Document(bytes(text), limits: limits) }
        }
    }

    @Test func `array elements are accepted up to the limit and refused one more`() throws {
        var limits = JSONLimits.standard
        limits.arrayElements = 2
        _ = try Document(bytes("[[1,2],[1,2]]"), limits: limits)
        #expect(throws: JSONError.tooManyValues(limit: 2)) { try Document(bytes("[1,2,3]"), limits: limits) }
    }

    @Test func `a string is accepted up to the limit and refused one byte longer`() throws {
        var limits = JSONLimits.standard
        limits.stringBytes = 3
        _ = try Document(bytes("{\"abc\":\"def\"}"), limits: limits)
        for text in ["\"abcd\"", "{\"abcd\":1}", "\"abcd", "\"\\u0041\"", "\"ab\\n\""] {
            #expect(throws: JSONError.stringTooLong) { try Document(bytes(text), limits: limits) }
        }
        // The limit must not be what an unfinished string is refused for.
        #expect(throws: JSONError.invalid(at: 3)) { try Document(bytes("\"ab"), limits: limits) }
    }

    @Test func `a million bytes of one kind are refused or read without harm`() throws {
        for byte in [
            UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "-"), 0xFF, 0x5C, 0x00,
        ] {
            #expect(throws: JSONError.self) { try Document([UInt8](repeating: byte, count: 1 << 20)) }
        }
        let nines = try Document([UInt8](repeating: UInt8(ascii: "9"), count: 1 << 20)).root
        #expect(nines.kind == .number)
        #expect(nines.int == nil)
        #expect(nines.double == nil)
    }

    @Test func `twenty thousand mutated documents are read or refused, never worse`() {
        let original = bytes(
            """
            {"@context":["https://www.w3.org/ns/activitystreams",{"a":"b:c"}],"id":"https://a.example/1",\
            "n":-12.5e3,\
            "s":"\\u00e9\\ud83d\\ude00 \u{E9}\u{1F600}","t":[true,false,null,[],{}],"o":{"k":{"l":[1,2]}}}
            """)
        var state: UInt64 = 42
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let alphabet = bytes("{}[]\",:\\u0129.-+eE tfn\u{E9}") + [0, 0xFF, 0xED, 0x80]
        var accepted = 0
        for _ in 0..<20_000 {
            var mutated = original
            for _ in 0...random(below: 3) {
                let place = random(below: mutated.count)
                switch random(below: 3) {
                case 0: mutated[place] = alphabet[random(below: alphabet.count)]
                case 1: mutated.remove(at: place)
                default: mutated.insert(alphabet[random(below: alphabet.count)], at: place)
                }
            }
            guard let root = try? Document(mutated).root else { continue }
            accepted += 1
            #expect(visit(root) > 0)
        }
        #expect(accepted > 500)
        #expect(accepted < 19_000)
    }

    /// Reads everything there is, and counts it.
    private func visit(_ value: JSONValue) -> Int {
        let own = [value.string == nil, value.int == nil, value.double == nil, value.bool == nil].count
        return value.elements.reduce(own) { $0 + visit($1) }
            + value.members.reduce(0) { $0 + $1.key.utf8.count + visit($1.value) }
    }
}
