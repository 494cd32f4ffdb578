import Basics
import Testing

@testable import MastodonAPI

@Suite struct AttemptCounterTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func `an address is spent at the limit and free again after the window`() {
        let counter = AttemptCounter(limit: 2, window: .seconds(10))
        counter.count("192.0.2.1", at: start)
        #expect(!counter.isSpent("192.0.2.1", at: start))
        counter.count("192.0.2.1", at: start + .seconds(9))
        #expect(counter.isSpent("192.0.2.1", at: start + .seconds(9)))
        #expect(!counter.isSpent("192.0.2.2", at: start))
        #expect(!counter.isSpent("192.0.2.1", at: start + .seconds(10)))
    }

    @Test func `neighbours in one IPv6 network count as one`() {
        let counter = AttemptCounter(limit: 1, window: .seconds(10))
        counter.count("2001:db8::1", at: start)
        #expect(counter.isSpent("2001:db8:0:0:ffff::2", at: start))
        #expect(!counter.isSpent("2001:db8:0:1::1", at: start))
        counter.count("::ffff:192.0.2.1", at: start)
        #expect(counter.isSpent("192.0.2.1", at: start))
        #expect(!counter.isSpent("::ffff:192.0.2.2", at: start))
    }

    @Test func `a flood of addresses forgets the oldest`() {
        let counter = AttemptCounter(limit: 1, window: .seconds(10_000))
        for index in 0..<1_025 { counter.count("peer \(index)", at: start + .seconds(index)) }
        #expect(!counter.isSpent("peer 0", at: start + .seconds(1_025)))
        #expect(counter.isSpent("peer 1", at: start + .seconds(1_025)))
    }
}
