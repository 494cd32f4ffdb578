import Crypto
import Testing

struct RunningDigestTests {
    @Test func `pieces have the digest of the whole, wherever it is cut`() {
        let whole = Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8)
        for cut in 0...whole.count {
            var digest = RunningDigest()
            digest.update(whole[..<cut])
            digest.update(whole[cut...])
            #expect(
                Hex.encode(digest.finish())
                    == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
        }
    }

    @Test func `a million times the letter a`() {
        var digest = RunningDigest()
        let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
        for _ in 0..<1000 { digest.update(piece) }
        #expect(
            Hex.encode(digest.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `after finishing it is as new`() {
        var digest = RunningDigest()
        digest.update("something".utf8)
        _ = digest.finish()
        digest.update("abc".utf8)
        #expect(digest.finish() == Digest.sha256("abc".utf8))
        #expect(digest.finish() == Digest.sha256([]))
    }
}
