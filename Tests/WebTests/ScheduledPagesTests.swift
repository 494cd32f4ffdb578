import HTTP
import HouseSupport
import JSON
import Storage
import Testing

@testable import Web

@Suite struct ScheduledPagesTests {
    private func waiting(_ browser: Browser, _ text: String = "Later <b>") async throws -> JSONValue {
        let answer = try await browser.write([
            ("text", text), ("date", "2030-02-03"), ("time", "04:05"), ("visibility", "private"),
        ])
        #expect(answer.fields["Location"] == "/home/scheduled")
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

    @Test func `it can be taken back into the form with all that it is`() async throws {
        let browser = try await Site().signIn()
        let id = try await waiting(browser).text("id")
        let text = browser.checked(try await browser.submit("/home/scheduled/\(id)/edit"), .ok)
        let form = Browser.filled(text, action: "/home/write")
        #expect(form.contains { $0 == ("text", "Later <b>") })
        #expect(form.contains { $0 == ("visibility", "private") })
        #expect(try await browser.asker.get("/api/v1/scheduled_statuses").elements.isEmpty)
        _ = try await browser.post(try await browser.send("/home/write", form + [("act", "publish")]))
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
            #expect(try await browser.send("/home/write", form).fields["Location"] == "/home/scheduled")
        }
        let other = form.map { $0.0 == "text" ? ("text", "Else") : $0 }
        #expect(
            browser.checked(try await browser.send("/home/write", other), .conflict).contains(
                "Else</textarea>"))
        #expect(try await browser.asker.get("/api/v1/scheduled_statuses").elements.count == 1)
    }
}
