import Testing

@testable import ActivityPub

@Suite struct ISODurationTests {
    @Test(
        arguments: [
            ("PT10S", 10), ("PT1M30.5S", 90.5), ("PT2H", 7_200), ("P1D", 86_400), ("PT0S", 0),
            ("P2D", nil), ("P1M", nil), ("PT", nil), ("P", nil), ("", nil), ("10", nil), ("PT-1S", nil),
            ("PT1.2.3S", nil),
            ("PT1", nil), ("PTT1S", nil), ("PTS", nil), ("PT99999999999999999999S", nil),
        ] as [(String, Double?)])
    func `lengths of time up to a day`(text: String, seconds: Double?) {
        #expect(ISODuration.seconds(text) == seconds)
    }
}
