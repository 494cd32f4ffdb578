import HTTP
import Testing

@Suite struct ResponseTests {
    @Test func `ready-made responses say what they hold`() {
        #expect(Response.text(.ok, "é").fields["Content-Type"] == "text/plain; charset=utf-8")
        #expect(Response.html(.ok, []).fields["Content-Type"] == "text/html; charset=utf-8")
        #expect(Response.json(.ok, []).fields["Content-Type"] == "application/json; charset=utf-8")
        let redirect = Response.redirect(.seeOther, to: "/x")
        #expect(redirect.status == .seeOther && redirect.fields["Location"] == "/x")
    }

    @Test func `lengths are known when they can be`() {
        #expect(Response.text(.ok, "é").body.length == 2)
        #expect(ResponseBody.none.length == 0)
        #expect(ResponseBody.file(path: "/x", range: 5..<9).length == 4)
        #expect(ResponseBody.openFile(OpenFile(-1) { _ in }, range: 5..<9).length == 4)
        #expect(ResponseBody.stream(.of([])).length == nil)
        #expect(ResponseBody.webSocket(protocol: nil, { _ in }).length == nil)
    }
}
