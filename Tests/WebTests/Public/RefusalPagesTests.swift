import HTTP
import Testing
import Web

struct RefusalPagesTests {
    @Test(arguments: [400, 401, 403, 404, 405, 408, 410, 413, 414, 421, 429, 431, 500, 501, 503, 507, 418])
    func `a browser gets a page, everybody else a line`(code: Int) async throws {
        let pages = try await Site().pages
        let page = pages.refused(Status(code), Request(.get, "/x", fields: ["Accept": "text/html,*/*"]))
        #expect(page.status.code == code && PageCheck.faults(in: page.text) == [])
        #expect(page.text.contains("<h1>"))
        let line = pages.refused(Status(code), Request(.get, "/x"))
        #expect(line.status.code == code && line.fields["Content-Type"] == "text/plain; charset=utf-8")
        #expect(line.fields["Vary"] == "Accept" && line.fields["Cache-Control"] == "no-store")
        #expect(line.text.hasSuffix(".\n") && line.text.split(separator: "\n").count == 1)
    }
}
