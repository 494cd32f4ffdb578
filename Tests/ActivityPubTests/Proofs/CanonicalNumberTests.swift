import Testing

@testable import ActivityPub

struct CanonicalNumberTests {
    /// RFC 8785 Appendix B.
    @Test(arguments: [
        (0x0000_0000_0000_0000 as UInt64, "0"), (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"), (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"), (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"), (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ])
    func `the table of RFC 8785 is met`(bits: UInt64, expected: String) {
        #expect(text(CanonicalNumber.bytes(of: Double(bitPattern: bits))) == expected)
    }

    @Test(arguments: [
        (1, "1"), (-1.5, "-1.5"), (100, "100"), (0.1, "0.1"), (1e-6, "0.000001"), (1e-7, "1e-7"),
        (1.5e-7, "1.5e-7"), (1e20, "100000000000000000000"), (1.25e21, "1.25e+21"),
        (123_456_789.25, "123456789.25"), (0.00012, "0.00012"), (9_007_199_254_740_994, "9007199254740994"),
        (1e16, "10000000000000000"), (123e19, "1.23e+21"), (-71.184902, "-71.184902"),
    ])
    func `numbers look as in ECMAScript`(value: Double, expected: String) {
        #expect(text(CanonicalNumber.bytes(of: value)) == expected)
    }

    @Test func `every number reads back as itself`() {
        var state: UInt64 = 88_172_645_463_325_252
        for _ in 0..<20_000 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            let value = Double(bitPattern: state)
            guard value.isFinite else { continue }
            #expect(Double(text(CanonicalNumber.bytes(of: value))) == value)
        }
    }
}
