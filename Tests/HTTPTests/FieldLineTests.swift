import Testing

@testable import HTTP

@Suite struct FieldLineTests {
    @Test func `a line is a name and a trimmed value`() throws {
        let (name, value) = try FieldLine.parse(Array("X-A:\t a: b é \t".utf8)[...])
        #expect(name == "X-A" && value == "a: b é")
    }

    @Test func `bytes that are not UTF-8 do not end the world`() throws {
        #expect(try FieldLine.parse([0x58, 0x3A, 0xFF]).value == "\u{FFFD}")
    }

    @Test func `control characters other than the tab may not stand in a value`() {
        for byte in UInt8.min...UInt8.max {
            #expect(FieldLine.isValueByte(byte) == (byte == 9 || byte >= 32 && byte != 127), "byte \(byte)")
        }
    }
}
