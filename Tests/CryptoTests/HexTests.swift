import Crypto
import Testing

struct HexTests {
    @Test func `every byte goes both ways`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.encode([0x00, 0x9f, 0xa0, 0xff]) == "009fa0ff")
        #expect(Hex.decode("009FA0fF") == [0x00, 0x9f, 0xa0, 0xff])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "0g", "0x00", " 00", "/0", ":0", "@0", "G0", "`0", "\u{e9}"])
    func `what is no hexadecimal number is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
