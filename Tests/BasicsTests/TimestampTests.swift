import Basics
import Testing

@Suite struct TimestampTests {
    @Test(
        arguments: [
            (0, 0), (1, 0), (999, 0), (1_000, 1), (1_700_000_000_999, 1_700_000_000), (-1, -1), (-1_000, -1),
            (-1_001, -2),
        ] as [(Int64, Int64)])
    func `seconds are rounded down, before 1970 too`(milliseconds: Int64, seconds: Int64) {
        #expect(Timestamp(milliseconds: milliseconds).seconds == seconds)
    }

    @Test(
        arguments: [
            (.seconds(2), 2_000), (.milliseconds(1_500), 1_500), (.microseconds(1_999), 1), (.zero, 0),
            (.milliseconds(-1), -1), (.microseconds(-1), 0), (.seconds(-2), -2_000),
        ] as [(Duration, Int64)])
    func `milliseconds of a duration are rounded towards zero`(duration: Duration, milliseconds: Int64) {
        #expect(duration.inMilliseconds == milliseconds)
    }

    @Test func `adding and taking away are each other's opposite`() {
        let moment = Timestamp(milliseconds: 1_700_000_000_123)
        #expect(moment + .days(3) == Timestamp(milliseconds: 1_700_259_200_123))
        #expect(moment + .hours(5) - .hours(5) == moment)
        #expect((moment + .minutes(1)) - moment == .seconds(60))
        #expect(moment - (moment + .minutes(1)) == .seconds(-60))
        #expect(moment < moment + .milliseconds(1))
    }

    @Test func `the extremes do not trap`() {
        let last = Timestamp(milliseconds: .max)
        #expect(last + .milliseconds(1) == Timestamp(milliseconds: .min))
        #expect(Timestamp(milliseconds: .min) - .milliseconds(1) == last)
        #expect(Duration.seconds(Int64.max).inMilliseconds == Int64.max &* 1000)
    }
}
