import HTTP
import Testing

@Suite struct RouteTests {
    @Test func `a body is gathered up to the default limit unless told otherwise`() {
        #expect(
            Route(.post, "/") { _ in .text(.ok, "") }.body == .buffered(limit: Limits.standard.bodyDefault))
        #expect(BodyPolicy.streamed(limit: 5).limit == 5 && BodyPolicy.buffered(limit: 6).limit == 6)
    }
}
