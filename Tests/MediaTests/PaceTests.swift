import Basics
import Testing

@testable import Media

@Suite struct PaceTests {
    @Test func `a file that began fast may not stall later`() {
        let start = Timestamp(milliseconds: 0)
        var pace = Pace(window: .seconds(30), rate: 1_000, from: start)
        let atFirst = pace.isTooSlow(1_000_000, at: start + .seconds(31))
        #expect(!atFirst)
        let inside = pace.isTooSlow(1_000_001, at: start + .seconds(60))
        #expect(!inside, "its window is not over")
        let later = pace.isTooSlow(1_000_002, at: start + .seconds(62))
        #expect(later)
    }

    @Test func `a clock that is set back begins anew`() {
        let start = Timestamp(milliseconds: 1_000_000)
        var pace = Pace(window: .seconds(30), rate: 1_000, from: start)
        let before = pace.isTooSlow(10, at: start + .seconds(-600))
        #expect(!before)
        let after = pace.isTooSlow(20, at: start + .seconds(-560))
        #expect(after)
    }
}
