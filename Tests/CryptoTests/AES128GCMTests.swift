import Testing

@testable import Crypto

struct AES128GCMTests {
    /// Test cases 1 and 2 of McGrew and Viega's specification, which NIST took over.
    @Test func `the published examples come out`() throws {
        let zeros = [UInt8](repeating: 0, count: 16)
        let nonce = [UInt8](repeating: 0, count: 12)
        #expect(
            try Hex.encode(AES128GCM.seal([], key: zeros, nonce: nonce)) == "58e2fccefa7e3061367f1d57a4e7455a"
        )
        #expect(
            try Hex.encode(AES128GCM.seal(zeros, key: zeros, nonce: nonce))
                == "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf")
    }

    @Test func `keys and nonces of other lengths are refused`() {
        #expect(throws: KeyError.malformed) {
            try AES128GCM.seal([1], key: [1, 2], nonce: [UInt8](repeating: 0, count: 12))
        }
        #expect(throws: KeyError.malformed) {
            try AES128GCM.seal([1], key: [UInt8](repeating: 0, count: 16), nonce: [1])
        }
    }
}
