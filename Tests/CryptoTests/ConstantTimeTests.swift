import Crypto
import Testing

struct ConstantTimeTests {
    @Test func `equal means every byte`() {
        let bytes = Array("a secret of some length".utf8)
        #expect(ConstantTime.equal(bytes, bytes))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!ConstantTime.equal(bytes, other))
        }
        #expect(!ConstantTime.equal(bytes, Array(bytes.dropLast())))
        #expect(ConstantTime.equal([UInt8](), []))
        #expect(!ConstantTime.equal([], [0]))
    }

    @Test func `texts are compared as bytes`() {
        #expect(ConstantTime.equal("token", "token"))
        #expect(!ConstantTime.equal("token", "Token"))
        // The same character to a reader, other bytes.
        #expect(!ConstantTime.equal("caf\u{e9}", "cafe\u{301}"))
    }
}
