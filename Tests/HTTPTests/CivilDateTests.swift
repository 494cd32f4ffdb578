import Testing

@testable import HTTP

@Suite struct CivilDateTests {
    @Test func `days run on without gaps for 800 years`() {
        var expected = CivilDate(year: 1600, month: 1, day: 1)
        let first = expected.daysSinceEpoch
        let last = CivilDate(year: 2399, month: 12, day: 31).daysSinceEpoch
        #expect(last - first == 292_193)
        var wrong = 0
        for day in first...last {
            let date = CivilDate(daysSinceEpoch: day)
            if date != expected || date.daysSinceEpoch != day { wrong += 1 }
            // The next day, found by asking whether it exists.
            expected.day += 1
            if !expected.exists {
                expected = CivilDate(year: expected.year, month: expected.month + 1, day: 1)
            }
            if !expected.exists { expected = CivilDate(year: expected.year + 1, month: 1, day: 1) }
        }
        #expect(wrong == 0)
    }

    @Test func `the epoch is day 0`() {
        #expect(CivilDate(year: 1970, month: 1, day: 1).daysSinceEpoch == 0)
        #expect(CivilDate(daysSinceEpoch: -1) == CivilDate(year: 1969, month: 12, day: 31))
    }

    @Test(arguments: [
        (2000, 2, 29, true), (1900, 2, 29, false), (2024, 2, 29, true), (2023, 2, 29, false),
        (2023, 4, 31, false),
        (2023, 13, 1, false), (2023, 0, 1, false), (2023, 1, 0, false), (10_000, 1, 1, false),
        (-1, 1, 1, false),
    ])
    func `the calendar knows its days`(year: Int, month: Int, day: Int, exists: Bool) {
        #expect(CivilDate(year: year, month: month, day: day).exists == exists)
    }
}
