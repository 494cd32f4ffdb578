import Crypto
import Testing

struct HKDFTests {
    @Test func `the first example of RFC 5869 comes out`() throws {
        let made = HKDF.sha256(
            salt: Array(0x00...0x0c), secret: [UInt8](repeating: 0x0b, count: 22), info: Array(0xf0...0xf9),
            count: 42)
        #expect(
            Hex.encode(made)
                == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    }

    @Test func `the example without salt and info comes out`() throws {
        let made = HKDF.sha256(
            salt: [], secret: [UInt8](repeating: 0x0b, count: 22), info: [], count: 42)
        #expect(
            Hex.encode(made)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8")
    }
}
