import Testing

@testable import Net

@Suite struct MonotonicTimeTests {
    @Test(arguments: [Int64(10), 291 * 31_556_952, 293 * 31_556_952, 8_000 * 31_556_952, .max])
    func `a moment in the far future is never in the past`(seconds: Int64) {
        let now = MonotonicTime.now()
        #expect(now + .seconds(seconds) > now)
        #expect(now + .seconds(seconds) <= .distant)
        #expect(now + .seconds(-seconds) < now)
    }
}
