import HTTP
import HouseSupport
import JSON
import Markup
import Storage
import Testing

@testable import Web

@Suite struct ScheduledPagesTests {
    private func waiting(_ browser: Browser, _ text: String = "Later <b>") async throws -> JSONValue {
        let answer = try await browser.write([
            ("text", text), ("date", "2030-02-03"), ("time", "04:05"), ("visibility", "private"),
        ])
        #expect(browser.place(answer) == "/home/scheduled")
        return try #require(try await browser.asker.get("/api/v1/scheduled_statuses").elements.first)
    }

    @Test func `a post with a time waits, and is on the list`() async throws {
        let browser = try await Site().signIn()
        let post = try await waiting(browser)
        #expect(post.text("scheduled_at") == "2030-02-03T04:05:00.000Z")
        let page = try await browser.page("/home/scheduled")
        #expect(page.contains("Later &lt;b&gt;</p>") && page.contains("For: Followers"))
        #expect(page.contains("value=\"2030-02-03\"") && page.contains("value=\"04:05\""))
    }

    @Test func `its time can be changed, as a browser in another zone types it`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        let answer = try await browser.submit(
            "/home/scheduled/\(id)/move", ["date": "2030-03-01", "time": "12:00", "zone": "-60"])
        #expect(answer.fields["Location"] == "/home/scheduled")
        let moved = try #require(try await browser.asker.get("/api/v1/scheduled_statuses").elements.first)
        #expect(moved.text("scheduled_at") == "2030-03-01T11:00:00.000Z")
        let past = try await browser.submit(
            "/home/scheduled/\(id)/move", ["date": "2024-01-01", "time": "12:00"])
        #expect(browser.checked(past, .unprocessable).contains("That moment has passed."))
    }

    @Test func `it can be cancelled`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        #expect(try await browser.submit("/home/scheduled/\(id)/cancel").status == .seeOther)
        #expect(try await browser.page("/home/scheduled").contains("Nothing waits for its time."))
        #expect(try await browser.submit("/home/scheduled/\(id)/cancel").status == .notFound)
    }

    @Test func `it can be edited with all that it is, and waits as it was until that is sent`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        #expect(try await browser.page("/home/scheduled").contains("/home/write?scheduled=\(id)"))
        let text = try await browser.page("/home/write?scheduled=\(id)")
        #expect(text.contains("action=\"/home/write?scheduled=\(id)\"") && text.contains("data-utc"))
        let form = Browser.filled(text, action: "/home/write")
        for pair in [
            ("text", "Later <b>"), ("visibility", "private"), ("date", "2030-02-03"), ("time", "04:05"),
        ] { #expect(form.contains { $0 == pair }, "\(pair)") }
        func list() async throws -> [JSONValue] {
            try await browser.asker.get("/api/v1/scheduled_statuses").elements
        }
        let refused = form.map { $0.0 == "date" ? ("date", "2024-01-01") : $0 } + [("act", "publish")]
        _ = browser.checked(try await browser.send("/home/write", refused), .unprocessable)
        #expect(try await list().map { $0.text("id") } == [id])

        let changed = form.map { $0.0 == "text" ? ("text", "Changed") : $0 } + [("act", "publish")]
        for _ in 0..<2 {
            #expect(browser.place(try await browser.send("/home/write", changed)) == "/home/scheduled")
            #expect(try await list().map { $0["params"]?.text("text") } == ["Changed"])
        }
        let next = try #require(try await list().first).text("id")
        let atOnce = Browser.filled(
            try await browser.page("/home/write?scheduled=\(next)"), action: "/home/write",
            [("date", ""), ("time", ""), ("act", "publish")])
        let post = try await browser.post(try await browser.send("/home/write", atOnce))
        #expect(post.content.text == "<p>Changed</p>" && post.visibility == "private")
        #expect(try await list().isEmpty)
        #expect(try await browser.post(try await browser.send("/home/write", atOnce)).id == post.id)
    }

    @Test func `what was cancelled meanwhile is not published by an edit without a word`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        let form = Browser.filled(
            try await browser.page("/home/write?scheduled=\(id)"), action: "/home/write",
            [("act", "publish")])
        _ = try await browser.submit("/home/scheduled/\(id)/cancel")
        let text = browser.checked(try await browser.send("/home/write", form), .notFound)
        #expect(text.contains("does not wait any more") && text.contains("Later &lt;b&gt;</textarea>"))
        let again = Browser.filled(text, action: "/home/write") + [("act", "publish")]
        #expect(browser.place(try await browser.send("/home/write", again)) == "/home/scheduled")
        #expect(try await browser.get("/home/write?scheduled=\(id)").status == .notFound)
    }

    @Test func `why one could not be published stands on the list`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        let row = try #require(ScheduledStatusID(id))
        try await browser.site.store.write { tx in
            try ScheduledStatuses.setFailure("The <parent> is gone", of: row, in: tx)
        }
        #expect(
            try await browser.page("/home/scheduled").contains(
                "It could not be published: The &lt;parent&gt; is gone"))
    }

    @Test func `a form that is sent twice waits once, and another text is told`() async throws {
        let browser = try await Site().signIn()
        let form =
            Browser.filled(
                try await browser.page("/home/write"), action: "/home/write",
                [("text", "Later"), ("date", "2030-02-03"), ("time", "04:05")]) + [("act", "publish")]
        for _ in 0..<2 {
            #expect(browser.place(try await browser.send("/home/write", form)) == "/home/scheduled")
        }
        let other = form.map { $0.0 == "text" ? ("text", "Else") : $0 }
        #expect(
            browser.checked(try await browser.send("/home/write", other), .conflict).contains(
                "Else</textarea>"))
        #expect(try await browser.asker.get("/api/v1/scheduled_statuses").elements.count == 1)
    }
}
