import JSON
import Testing

struct KeyUniquenessTests {
    @Test(arguments: [
        ("{\"a\":1,\"a\":1}", 7), ("{\"a\":1,\"b\":2,\"a\":3}", 13), ("{\"\":1,\"\":2}", 6),
        ("{\"a\":1,\"\\u0061\":2}", 7), ("{\"\\u0061\":1,\"a\":2}", 12), ("[{\"x\":{\"k\":1,\"k\":2}}]", 13),
        ("{\"\\ud800\":1,\"\\udc00\":2}", 12),
    ])
    func `a key named twice is refused where it is named again`(text: String, position: Int) {
        #expect(throws: JSONError.duplicateKey(at: position)) { try Document(bytes(text)) }
    }

    @Test func `the same key in different objects is no duplicate`() throws {
        _ = try document("{\"a\":{\"a\":{\"b\":1},\"b\":2},\"b\":[{\"a\":1},{\"a\":1}]}")
    }

    @Test func `keys that look alike are told apart`() throws {
        let value = try document("{\"abc\":1,\"adc\":2,\"acb\":3,\"Abc\":4,\"abcabc\":5,\"a\\u0062d\":6}")
        #expect(["abc", "adc", "acb", "Abc", "abcabc", "abd"].map { value[$0]?.int } == [1, 2, 3, 4, 5, 6])
    }

    @Test(arguments: [2, 40, 64, 65, 66, 1_000, 30_000])
    func `objects of any size keep their keys and lose duplicates`(count: Int) throws {
        let members = (0..<count).map { "\"key\($0)\":\($0)" }.joined(separator: ",")
        let value = try document("{\(members)}")
        #expect(value.count == count)
        #expect(value["key\(count - 1)"]?.int == count - 1)

        // "{" and the comma.
        let position = members.utf8.count + 2
        #expect(throws: JSONError.duplicateKey(at: position)) {
            try Document(bytes("{\(members),\"key\(count / 2)\":0}"))
        }
    }
}
