import ActivityPub
import Federation
import HTTP
import JSON
import TestSupport
import Testing

struct FetcherTests {
    private static let document = #"{"id":"https://far.example/notes/1","type":"Note"}"#

    /// What fetching this address brings: the id, or the kind of failure.
    private func fetch(
        _ address: String = "https://far.example/notes/1", _ arrange: (Stranger) -> Void
    ) async throws -> (result: String, asked: [String]) {
        var outcome = ("", [String]())
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example")
            arrange(far)
            do throws(FetchError) {
                outcome.0 = try await islet.fetcher.document(address).firstID ?? "no id"
            } catch {
                switch error {
                case .passing: outcome.0 = "passing"
                case .gone: outcome.0 = "gone"
                case .refused, .missing: outcome.0 = "refused"
                }
            }
            outcome.1 = far.asked
        }
        return outcome
    }

    @Test(arguments: [
        ("application/activity+json", true), ("application/activity+json; charset=utf-8", true),
        ("Application/Activity+JSON", true),
        (#"application/ld+json; profile="https://www.w3.org/ns/activitystreams""#, true),
        (#"application/ld+json; profile="http://www.w3.org/ns/activitystreams""#, true),
        (#"application/ld+json; profile="https://a.example/x https://www.w3.org/ns/activitystreams""#, true),
        ("application/ld+json", false), (#"application/ld+json; profile="https://a.example/""#, false),
        ("application/json", false), ("text/html", false), ("text/plain", false),
        ("application/octet-stream", false), ("", false),
    ])
    func `only what calls itself ActivityPub is read`(type: String, isRead: Bool) async throws {
        let outcome = try await fetch { $0.serve("/notes/1", Self.document, type: type) }
        #expect(outcome.result == (isRead ? "https://far.example/notes/1" : "refused"))
    }

    @Test func `a page's address leads to the document with the id`() async throws {
        let outcome = try await fetch("https://far.example/@zoe/1") { far in
            far.serve("/@zoe/1", Self.document)
            far.serve("/notes/1", Self.document)
        }
        #expect(outcome.result == "https://far.example/notes/1")
        #expect(outcome.asked == ["/@zoe/1", "/notes/1"])
    }

    @Test func `an id that names another document twice is refused`() async throws {
        let outcome = try await fetch("https://far.example/a") { far in
            far.serve("/a", #"{"id":"https://far.example/b"}"#)
            far.serve("/b", #"{"id":"https://far.example/c"}"#)
            far.serve("/c", #"{"id":"https://far.example/c"}"#)
        }
        #expect(outcome.result == "refused")
        #expect(outcome.asked == ["/a", "/b"])
    }

    @Test func `a redirect to another origin brings nothing from there`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), evil = pond.stranger("evil.example")
            far.redirect("/notes/1", to: "https://evil.example/upload")
            evil.serve("/upload", Self.document)
            await #expect(throws: FetchError.self) {
                try await islet.fetcher.document("https://far.example/notes/1")
            }
        }
    }

    @Test func `a document of another origin's id is asked for there`() async throws {
        try await Pond.with { pond in
            let islet = try await pond.islet(isRunning: false)
            let far = pond.stranger("far.example"), evil = pond.stranger("evil.example")
            evil.serve("/copy", #"{"id":"https://far.example/notes/1","content":"false"}"#)
            far.serve("/notes/1", #"{"id":"https://far.example/notes/1","content":"true"}"#)
            let document = try await islet.fetcher.document("https://evil.example/copy")
            #expect(document["content"]?.string == "true")
        }
    }

    @Test(arguments: [
        (410, "gone"), (404, "refused"), (401, "refused"), (403, "refused"), (204, "refused"),
        (408, "passing"),
        (429, "passing"), (500, "passing"), (503, "passing"),
    ])
    func `the status says whether to come again`(code: Int, result: String) async throws {
        let outcome = try await fetch { $0.answer("/notes/1", .status(HTTP.Status(code))) }
        #expect(outcome.result == result)
    }

    @Test(arguments: ["", "[", "null", "{}", #"{"id":7}"#, #"{"id":"https://evil.example/notes/1"}"#])
    func `what has no id of its own is refused`(body: String) async throws {
        let outcome = try await fetch { $0.serve("/notes/1", body) }
        #expect(outcome.result != "https://far.example/notes/1")
    }

    @Test(arguments: [
        "http://far.example/notes/1", "ftp://far.example/1", "far.example/1", "https://localhost/1",
        "https://far/1",
        "https://me@far.example/1", "",
    ])
    func `an address that is none is not asked`(address: String) async throws {
        let outcome = try await fetch(address) { $0.serve("/notes/1", Self.document) }
        #expect(outcome.result == "refused")
        #expect(outcome.asked.isEmpty)
    }
}
