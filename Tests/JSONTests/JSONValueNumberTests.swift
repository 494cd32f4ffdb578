import JSON
import Testing

struct JSONValueNumberTests {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("1.0", 1), ("1e2", 100), ("1.5e1", 15), ("100e-2", 1),
        ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min), ("9007199254740992.0", 1 << 53),
    ])
    func `whole numbers are read however they are written`(text: String, number: Int) throws {
        #expect(try document(text).int == number)
    }

    @Test(arguments: [
        "1.5", "1e-1", "9223372036854775808", "-9223372036854775809", "1e400", "1e19", "18014398509481984.0",
        "\"1\"", "true",
        "null", "[1]", "99999999999999999999",
    ])
    func `what is not a whole number in range is none`(text: String) throws {
        #expect(try document(text).int == nil)
    }

    @Test(arguments: [
        ("0", 0.0), ("0.1", 0.1), ("-2.5E-3", -0.0025), ("1e300", 1e300),
        ("12345678901234567890", 12345678901234567890.0),
        ("1e-400", 0.0),
    ])
    func `numbers are read as the nearest double`(text: String, number: Double) throws {
        #expect(try document(text).double == number)
    }

    @Test func `minus zero keeps its sign`() throws {
        #expect(try document("-0.0").double?.sign == .minus)
    }

    @Test(arguments: ["1e400", "-1e400", "\"1\"", "null"])
    func `what no double can hold is none`(text: String) throws {
        #expect(try document(text).double == nil)
    }
}
