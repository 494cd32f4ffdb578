import Testing

@testable import Crypto

@Suite struct PreparedHMACTests {
    @Test(arguments: [0, 1, 20, 63, 64, 65, 200])
    func `it is the HMAC, whatever the length of the key`(length: Int) {
        let key = (0..<length).map { UInt8($0) }
        let prepared = PreparedHMAC(key: key)
        for message in ["", "avatar/1", String(repeating: "long", count: 100)] {
            #expect(prepared(message) == HMAC.sha256(key: key, message: Array(message.utf8)))
        }
    }
}
