import Crypto
import Testing

struct RandomBytesTests {
    @Test(arguments: [0, 1, 32, 1000])
    func `there are as many bytes as asked for`(count: Int) {
        #expect(RandomBytes.make(count).count == count)
    }

    @Test func `no two draws are alike`() {
        #expect(Set((0..<100).map { _ in RandomBytes.make(16) }).count == 100)
    }

    @Test func `a token carries its bytes in the URL-safe alphabet`() {
        #expect(Base64.decodeLenient(RandomBytes.token(bytes: 32))?.count == 32)
        let text = (0..<50).map { _ in RandomBytes.token(bytes: 32) }.joined()
        #expect(!text.contains { "+/=".contains($0) })
    }
}
