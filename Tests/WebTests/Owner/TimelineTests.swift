import Testing

@testable import Web

@Suite struct TimelineTests {
    @Test(
        arguments: [
            // Short ones leave their room to the long ones.
            ([100, 100, 1_000, 1_000], 1_000, 330),
            ([2_000, 2_000], 1_000, 430),
            // What is a little longer than the cut is not cut.
            ([480, 480, 480], 1_440, 499),
            // Something is always shown.
            ([900, 900], 10, 150),
        ])
    func `texts are cut as late as there is room for all`(texts: [Int], bytes: Int, cut: Int) {
        #expect(Timeline.cut(texts, to: bytes, below: 500) == cut)
    }
}
