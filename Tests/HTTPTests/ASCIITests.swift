import Testing

@testable import HTTP

@Suite struct ASCIITests {
    @Test func `a token has only the characters of RFC 9110, and at least one`() {
        let allowed = Set(
            "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(ASCII.isToken([byte]) == allowed.contains(byte), "byte \(byte)")
        }
        #expect(!ASCII.isToken([]))
        #expect(!ASCII.isToken(Array("a b".utf8)))
    }

    @Test func `only the letters of ASCII are equal in either case`() {
        #expect(ASCII.equal("Host", "hOST"))
        #expect(!ASCII.equal("Host", "Hos"))
        #expect(!ASCII.equal("Hos", "Host"))
        #expect(!ASCII.equal("[", "{"))
        #expect(!ASCII.equal("É", "é"))
        #expect(ASCII.lowercased("AZ[É") == "az[É")
    }

    @Test func `hexadecimal digits go both ways`() {
        for value in UInt8(0)...15 {
            #expect(ASCII.hexValue(ASCII.hexDigit(value)) == value)
        }
        #expect(ASCII.hexValue(UInt8(ascii: "f")) == 15)
        for byte in "/:@G`g".utf8 { #expect(ASCII.hexValue(byte) == nil) }
    }

    @Test func `a number has 1 to 18 digits and nothing else`() {
        #expect(ASCII.decimal("0042".utf8) == 42)
        #expect(ASCII.decimal("999999999999999999".utf8) == 999_999_999_999_999_999)
        for text in ["", "+5", "-1", "0x5", "5 5", " 5", "1000000000000000000"] {
            #expect(ASCII.decimal(text.utf8) == nil, "\(text)")
        }
    }

    @Test func `spaces and tabs are trimmed at both ends only`() {
        #expect(ASCII.trim(Array(" \ta b\t ".utf8)[...]) == Array("a b".utf8)[...])
        #expect(ASCII.trim(Substring("\t \t")) == "")
        #expect(ASCII.trim(Substring(" é ")) == "é")
    }
}
