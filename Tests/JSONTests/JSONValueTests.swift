import JSON
import Testing

struct JSONValueTests {
    @Test func `a value says what it is and nothing else`() throws {
        let value = try document("{\"a\":null,\"b\":true,\"n\":1,\"s\":\"x\",\"l\":[1],\"o\":{\"k\":1}}")
        let kinds = value.members.map(\.value.kind)
        #expect(kinds == [.null, .bool, .number, .string, .array, .object])
        for (name, member) in value.members {
            #expect(member.isNull == (name == "a"))
            #expect((member.bool != nil) == (name == "b"))
            #expect((member.int != nil) == (name == "n"))
            #expect((member.double != nil) == (name == "n"))
            #expect((member.string != nil) == (name == "s"))
            #expect(member.elements.isEmpty == (name != "l"))
            #expect(member.members.isEmpty == (name != "o"))
            #expect((member["k"] != nil) == (name == "o"))
            #expect(member.count == (name == "l" || name == "o" ? 1 : 0))
        }
        #expect(try document("true").bool == true)
        #expect(try document("false").bool == false)
    }

    @Test func `members are found by name, in any order, and absent ones are not`() throws {
        let value = try document(
            "{\"first\":[1,{\"second\":2}],\"second\":{\"first\":3},\"\u{E9}\":4,\"\":5}")
        #expect(value["second"]?["first"]?.int == 3)
        #expect(value["first"]?.elements.last?["second"]?.int == 2)
        #expect(value["\u{E9}"]?.int == 4)
        #expect(value[""]?.int == 5)
        #expect(value["third"] == nil)
        #expect(value["Second"] == nil)
        // Composed and decomposed letters are different keys.
        #expect(value["e\u{301}"] == nil)
    }

    @Test func `a key written with escapes is found by what it means`() throws {
        let value = try document("{\"\\u0040context\":1,\"a\\/b\":2}")
        #expect(value["@context"]?.int == 1)
        #expect(value["a/b"]?.int == 2)
        #expect(value.members.map(\.key) == ["@context", "a/b"])
    }

    @Test func `elements and members come in order`() throws {
        let value = try document("[\"a\",[\"x\",[\"y\"]],{\"k\":[1,2]},\"b\"]")
        #expect(value.count == 4)
        #expect(value.elements.map(\.string) == ["a", nil, nil, "b"])
        #expect(value.elements[1].elements[1].elements[0].string == "y")
        #expect(value.elements[2].members.map(\.key) == ["k"])
    }

    @Test func `raw bytes are the source text of just that value`() throws {
        let value = try document(" { \"a\" : [ 1 , \"x\\n\" ] , \"b\":-1.50e2,\"c\":\"\" } ")
        func raw(_ value: JSONValue?) -> String? {
            value.map { String(decoding: $0.rawBytes, as: UTF8.self) }
        }
        #expect(raw(value) == "{ \"a\" : [ 1 , \"x\\n\" ] , \"b\":-1.50e2,\"c\":\"\" }")
        #expect(raw(value["a"]) == "[ 1 , \"x\\n\" ]")
        #expect(raw(value["a"]?.elements.last) == "\"x\\n\"")
        #expect(raw(value["b"]) == "-1.50e2")
        #expect(raw(value["c"]) == "\"\"")
    }
}
