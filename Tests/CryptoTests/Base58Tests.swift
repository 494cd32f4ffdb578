import Crypto
import Testing

struct Base58Tests {
    @Test(arguments: [
        ("", ""), ("00", "1"), ("0000", "11"), ("61", "2g"), ("626262", "a3gV"), ("000001", "112"),
        ("73696d706c792061206c6f6e6720737472696e67", "2cFupjhnEsSn59qHXstmK2ffpLv2"),
        ("00eb15231dfceb60925886b67d065299925915aeb172c06647", "1NS17iag9jJgTHD1VXjvLCEnZuQ3rJDE9L"),
        ("516b6fcd0f", "ABnLTmg"), ("ecac89cad93923c02321", "EJDM8drfXA6uyA"),
        ("00000000000000000000", "1111111111"),
    ])
    func `the usual examples go both ways`(hex: String, text: String) throws {
        let bytes = try #require(Hex.decode(hex))
        #expect(Base58.encode(bytes) == text)
        #expect(Base58.decode(text) == bytes)
    }

    @Test func `every length and every byte survives`() {
        for count in 0..<80 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ count &* 3) }
            #expect(Base58.decode(Base58.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: ["0", "O", "I", "l", "2g ", " 2g", "2\u{0}", "2g\n", "+", "\u{e9}"])
    func `what is of no digit is refused`(text: String) {
        #expect(Base58.decode(text) == nil)
    }

    @Test func `a text is read up to the limit`() {
        let longest = String(repeating: "z", count: Base58.limit)
        #expect(Base58.decode(longest) != nil)
        #expect(Base58.decode(longest + "z") == nil)
    }
}
