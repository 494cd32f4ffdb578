import HTTP
import Testing

@Suite struct SendRequestTests {
    let url = WebURL("https://a/")

    @Test func `a request is bounded unless told otherwise`() throws {
        let request = OutboundRequest(url: try #require(url))
        #expect(request.method == .get && request.maxBody == 1 << 20 && request.deadline == .seconds(30))
        #expect(request.redirects == 3 && request.prepare == nil)
    }

    @Test func `only what is merely read follows redirects`() throws {
        let url = try #require(url)
        #expect(OutboundRequest(method: .head, url: url).redirects == 3)
        #expect(OutboundRequest(method: .post, url: url).redirects == 0)
        #expect(OutboundRequest(method: .post, url: url, redirects: 1).redirects == 1)
    }

    @Test(arguments: [
        (SendError.timedOut, true), (.nameNotFound, true), (.connectionFailed(""), true), (.tls(""), true),
        (.overloaded, true), (.addressRefused, false), (.invalidURL, false), (.bodyTooLarge(limit: 1), false),
        (.plainHTTPRefused, false), (.tooManyRedirects, false),
    ])
    func `what may pass is worth another try`(error: SendError, isPassing: Bool) {
        #expect(error.isPassing == isPassing)
    }
}
