import Testing

@testable import HTTP

@Suite struct PatternSegmentTests {
    @Test func `a pattern is cut into its parts`() {
        #expect(
            PatternSegment.split("/a/:id/@:name/:v.json/*rest") == [
                .literal("a"), .parameter(name: "id", .init()), .parameter(name: "name", .init(prefix: "@")),
                .parameter(name: "v", .init(suffix: ".json")), .rest(name: "rest"),
            ])
        #expect(PatternSegment.split("/") == [])
        #expect(PatternSegment.split("/a/") == [.literal("a")])
    }

    @Test(
        arguments: [
            ("", "", "x", "x"), ("", "", "", nil), ("@", "", "@me", "me"), ("@", "", "@", nil),
            ("@", "", "me", nil),
            ("", ".json", "a.json", "a"), ("", ".json", ".json", nil), ("a", "a", "a", nil),
            ("a", "a", "aba", "b"),
        ] as [(String, String, String, String?)])
    func `a segment fits or does not`(prefix: String, suffix: String, segment: String, value: String?) {
        #expect(PatternSegment.Shape(prefix: prefix, suffix: suffix).value(in: segment) == value)
    }
}
