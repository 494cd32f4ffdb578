import Testing

@testable import Net

@Suite struct TokenBucketTests {
    private let start = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test func `a quarter of a second is there at once, and a debt is paid by waiting`() {
        var bucket = TokenBucket(rate: 1_000, at: start)
        var took = [bucket.take(250, at: start)]
        #expect(bucket.next == start)
        took += [bucket.take(500, at: start), bucket.take(1, at: start)]
        #expect(bucket.next == start + .milliseconds(500))
        took.append(bucket.take(1, at: start + .milliseconds(499)))
        took.append(bucket.take(1, at: start + .milliseconds(500)))
        #expect(took == [true, true, false, false, true])
    }

    @Test func `no more than a quarter of a second gathers`() {
        var bucket = TokenBucket(rate: 1_000, at: start)
        let later = start + .seconds(3_600)
        let took = [bucket.take(300, at: later), bucket.take(1, at: later)]
        #expect(took == [true, false])
        #expect(bucket.next == later + .milliseconds(50))
    }

    @Test func `in any time no more passes than the rate, the quarter and one piece`() {
        var bucket = TokenBucket(rate: 100_000, at: start)
        var passed = 0
        for millisecond in 0..<10_000 {
            while bucket.take(16_384, at: start + .milliseconds(millisecond)) { passed += 16_384 }
        }
        #expect(passed <= 1_000_000 + 25_000 + 16_384 && passed >= 1_000_000 - 16_384)
    }

    @Test func `a clock that stands still gives nothing`() {
        var bucket = TokenBucket(rate: 1, at: start)
        let took = (0..<1_000).filter { _ in bucket.take(1, at: start) }
        #expect(took == [0])
    }
}
