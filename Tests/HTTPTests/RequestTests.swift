import HTTP
import Testing

@Suite struct RequestTests {
    @Test func `a request can be written down`() {
        let request = Request(.post, "/a/b?c=d", fields: ["Host": "x"], body: .bytes([1]))
        #expect(request.method == .post && request.version == 1 && !request.isSecure)
        #expect(request.target.segments == ["a", "b"] && request.target.query == "c=d")
        #expect(request.fields["host"] == "x" && request.parameters.isEmpty)
    }
}
