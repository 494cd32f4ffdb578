import Testing

@testable import Net

@Suite struct PaceTests {
    @Test func `the first while is given to everybody, then the average counts`() {
        var pace = Pace()
        pace.add(0, after: .seconds(10))
        #expect(!pace.isBelow(1_000, from: .seconds(10)))
        pace.add(10_999, after: .seconds(1))
        #expect(pace.isBelow(1_000, from: .seconds(10)))
        pace.add(1, after: .zero)
        #expect(!pace.isBelow(1_000, from: .seconds(10)))
    }
}
