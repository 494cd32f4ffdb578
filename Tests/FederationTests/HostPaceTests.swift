import Basics
import Testing

@testable import Federation

@Suite struct HostPaceTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test func `within any second a host is asked five times at most`() {
        var turns = HostPace.Turns(perSecond: 5)
        let moments = (0..<60).map {
            start + turns.take("lake.example", at: start + .milliseconds($0 * 7)) + .milliseconds($0 * 7)
        }
        #expect(moments == moments.sorted())
        for moment in moments {
            #expect(moments.count { $0 >= moment && $0 < moment + .seconds(1) } <= 5)
        }
        #expect((moments[59] - moments[0]) < .seconds(14), "and not much slower than it may be")
    }

    @Test func `hosts do not wait for each other`() {
        var turns = HostPace.Turns(perSecond: 5)
        for number in 0..<3_000 {
            #expect(turns.take("host\(number).example", at: start) == .zero)
        }
    }

    @Test func `whoever was not asked for a while is asked at once`() {
        var turns = HostPace.Turns(perSecond: 5)
        _ = turns.take("lake.example", at: start)
        #expect(turns.take("lake.example", at: start + .seconds(1)) == .zero)
        #expect(turns.take("lake.example", at: start + .seconds(1)) > .milliseconds(200))
    }
}
