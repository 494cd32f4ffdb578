import ActivityPub
import JSON
import Testing

struct CanonicalJSONTests {
    private func canonical(_ source: String, leavingOut: Set<String> = []) throws -> String? {
        CanonicalJSON.bytes(of: try json(source), leavingOut: leavingOut).map(text)
    }

    /// RFC 8785 §3.2.2 and §3.2.4.
    @Test func `the example of RFC 8785 is met`() throws {
        let source = #"""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """#
        #expect(
            try canonical(source)
                == #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
                + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#)
    }

    /// RFC 8785 §3.2.3.
    @Test func `keys are in the order of their UTF-16 units`() throws {
        let source = #"""
            {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7,
             "": 8, "10": 9}
            """#
        #expect(
            try canonical(source)
                == "{\"\":8,\"\\r\":2,\"1\":4,\"10\":9,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,"
                + "\"\u{1f600}\":5,\"\u{fb33}\":3}")
    }

    @Test(arguments: [
        ("null", "null"), (" [ ] ", "[]"), ("{ }", "{}"), ("-0.0", "0"),
        (#""\u007f\u001F\b""#, "\"\u{7f}\\u001f\\b\""),
        (#"{"b":{"d":1,"c":[{"f":1,"e":2}]},"a":[1,2]}"#, #"{"a":[1,2],"b":{"c":[{"e":2,"f":1}],"d":1}}"#),
        (#"[1.0,10,1e2,9007199254740993]"#, "[1,10,100,9007199254740992]"),
    ])
    func `all kinds of values have one form`(source: String, expected: String) throws {
        #expect(try canonical(source) == expected)
    }

    @Test func `only outermost members are left out`() throws {
        let source = #"{"proof":1,"a":{"proof":2},"signature":3}"#
        #expect(try canonical(source, leavingOut: ["proof", "signature"]) == #"{"a":{"proof":2}}"#)
        #expect(try canonical(#"[{"proof":1}]"#, leavingOut: ["proof"]) == #"[{"proof":1}]"#)
    }

    @Test func `members of another document can be added`() throws {
        let context = try #require(try json(#"{"@context":["b","a"]}"#)["@context"])
        let bytes = CanonicalJSON.bytes(of: try json(#"{"a":1,"@a":2}"#), adding: [("@context", context)])
        #expect(bytes.map(text) == #"{"@a":2,"@context":["b","a"],"a":1}"#)
    }

    @Test(.enabled(if: Samples.areThere, "the shared samples are missing: set ISLET_SHARED"))
    func `the form of a form is itself`() throws {
        for path in Samples.all {
            // Some samples are broken on purpose, and refused before they get here.
            guard let value = try? Samples.value(path) else { continue }
            let bytes = try #require(CanonicalJSON.bytes(of: value), "\(path)")
            #expect(CanonicalJSON.bytes(of: try Document(bytes).root) == bytes, "\(path)")
        }
    }

    @Test(arguments: ["1e400", "[-1e999]", #"{"a":[{"b":1e309}]}"#])
    func `numbers out of range have no form`(source: String) throws {
        #expect(try canonical(source) == nil)
    }

    @Test func `depth is bounded whatever was let in`() throws {
        var limits = JSONLimits.standard
        limits.depth = 1_000
        let nested = { (depth: Int) in
            Array(String(repeating: "[", count: depth).utf8)
                + Array(String(repeating: "]", count: depth).utf8)
        }
        #expect(CanonicalJSON.bytes(of: try Document(nested(32), limits: limits).root) == nested(32))
        #expect(CanonicalJSON.bytes(of: try Document(nested(33), limits: limits).root) == nil)
    }
}
