import HTTP
import Testing

@Suite struct StatusTests {
    @Test func `a status knows its words`() {
        #expect(Status.notFound.reason == "Not Found")
        #expect(Status(418).reason == "Unknown")
        #expect(Status(200) == .ok)
    }

    @Test(arguments: [(100, true), (101, true), (204, true), (304, true), (200, false), (404, false)])
    func `interim, empty and unchanged responses have no body`(code: Int, isBodiless: Bool) {
        #expect(Status(code).isBodiless == isBodiless)
    }

    @Test func `unchanged is no redirect`() {
        #expect(Status.found.isRedirect)
        #expect(!Status.notModified.isRedirect)
        #expect(Status.accepted.isSuccess)
        #expect(!Status.found.isSuccess)
    }
}
